"""Addresses of this room."""

from django.urls import path

from papers.news import desk_views, feed_views, leaving_views, notice_views, views

urlpatterns = [
    path("digest/", views.digest, name="digest"),
    path("digest/<str:name>/", views.digest_week, name="digest-week"),
    path("digest/<str:name>/note/", desk_views.digest_note, name="digest-note"),
    path("digest/<str:name>/closing/", desk_views.digest_closing, name="digest-closing"),
    path("desk/digest/", desk_views.digest_settings, name="digest-settings"),
    path("desk/digest/rooms/", desk_views.webhook_list, name="webhook-list"),
    path("desk/digest/rooms/<int:pk>/removal/", desk_views.webhook_removal, name="webhook-removal"),
    path("notifications/", notice_views.notification_list, name="notification-list"),
    path("profile/notifications/", notice_views.notification_choices, name="notification-choices"),
    path("follows/", notice_views.follow, name="follow"),
    path("follows/search/", notice_views.follow_search, name="follow-search"),
    path("follows/removal/", notice_views.unfollow, name="unfollow"),
    path("profile/feeds/", feed_views.feed_list, name="feed-list"),
    path("profile/feeds/closing/", feed_views.feed_closing, name="feed-closing"),
    path("feeds/digest/", feed_views.feed_digest, name="feed-digest"),
    path("feeds/activity/", feed_views.feed_activity, name="feed-activity"),
    path("feeds/topics/<int:pk>/", feed_views.feed_topic, name="feed-topic"),
    path("feeds/members/<int:pk>/", feed_views.feed_member, name="feed-member"),
    path("feeds/search/", feed_views.feed_search, name="feed-search"),
    path("calendar/meetings.ics", feed_views.calendar_meetings, name="calendar-meetings"),
    path("calendar/mine.ics", feed_views.calendar_own, name="calendar-own"),
    path("calendar/meetings/<int:pk>.ics", feed_views.calendar_meeting, name="calendar-meeting"),
    path("mail/leaving/<str:token>/", leaving_views.mail_leaving, name="mail-leaving"),
    path("activity/", views.activity, name="activity"),
]
