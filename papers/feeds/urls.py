"""URLs of Atom feeds and calendars, and of the page that lists them."""

from django.urls import path

from papers.feeds import views

urlpatterns = [
    path("profile/feeds/", views.feed_list, name="feed-list"),
    path("profile/feeds/closing/", views.feed_closing, name="feed-closing"),
    path("feeds/digest/", views.feed_digest, name="feed-digest"),
    path("feeds/activity/", views.feed_activity, name="feed-activity"),
    path("feeds/topics/<key:pk>/", views.feed_topic, name="feed-topic"),
    path("feeds/members/<key:pk>/", views.feed_member, name="feed-member"),
    path("feeds/search/", views.feed_search, name="feed-search"),
    path("calendar/meetings.ics", views.calendar_meetings, name="calendar-meetings"),
    path("calendar/mine.ics", views.calendar_own, name="calendar-own"),
    path("calendar/meetings/<key:pk>.ics", views.calendar_meeting, name="calendar-meeting"),
]
