"""Addresses of texts that are being typed."""

from django.urls import path

from papers.writing import views

urlpatterns = [path("drafts/", views.text_draft, name="text-draft")]
