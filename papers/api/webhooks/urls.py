"""URLs of webhooks."""

from django.urls import path

from papers.api.webhooks import views

urlpatterns = [
    path("curation/webhooks/", views.endpoint_list, name="endpoint-list"),
    path("curation/webhooks/<key:pk>/", views.endpoint_detail, name="endpoint"),
    path("curation/webhooks/<key:pk>/secret/", views.endpoint_secret, name="endpoint-secret"),
    path("curation/webhooks/<key:pk>/test/", views.endpoint_test, name="endpoint-test"),
    path(
        "curation/webhooks/<key:pk>/activation/",
        views.endpoint_activation,
        name="endpoint-activation",
    ),
    path("curation/webhooks/<key:pk>/pause/", views.endpoint_pause, name="endpoint-pause"),
    path("curation/webhooks/<key:pk>/removal/", views.endpoint_removal, name="endpoint-removal"),
    path(
        "curation/webhooks/deliveries/<key:pk>/resending/",
        views.delivery_resending,
        name="delivery-resending",
    ),
]
