"""URLs of notifications, follows and unsubscribing."""

from django.urls import path

from papers.notifications.views import notifications, unsubscribe

urlpatterns = [
    path("notifications/", notifications.notification_list, name="notification-list"),
    path("profile/notifications/", notifications.notification_choices, name="notification-choices"),
    path("follows/", notifications.follow, name="follow"),
    path("follows/search/", notifications.follow_search, name="follow-search"),
    path("follows/removal/", notifications.unfollow, name="unfollow"),
    path("mail/leaving/<str:token>/", unsubscribe.mail_unsubscription, name="mail-unsubscription"),
]
