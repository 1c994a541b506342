"""The project package: settings, site map and servers' doors."""
