"""Addresses of chat commands and of the accounts that give them."""

from django.urls import path

from papers.chat import views

urlpatterns = [
    path("chat/slack/", views.slack, name="chat-slack"),
    path("chat/mattermost/", views.mattermost, name="chat-mattermost"),
    path("profile/chat/", views.account_list, name="chat-accounts"),
    path("profile/chat/connection/<str:token>/", views.connection, name="chat-connection"),
    path("profile/chat/<key:pk>/disconnection/", views.disconnection, name="chat-disconnection"),
]
