"""The columns that a plain table of papers needs, on the site's own tables."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Member(models.Model):
    """A person."""

    handle = models.TextField()
    name = models.TextField()

    class Meta:
        managed = False
        db_table = "papers_member"


class Paper(models.Model):
    """A paper."""

    title = models.TextField()
    slug = models.TextField()
    authors = ArrayField(models.TextField())
    abstract = models.TextField()
    venue = models.TextField()
    year = models.IntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "papers_paper"


class Review(models.Model):
    """A review."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE)

    class Meta:
        managed = False
        db_table = "papers_review"
