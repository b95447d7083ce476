"""Registers the room with Django."""

from django.apps import AppConfig


class SkillsConfig(AppConfig):
    """The room of the skills."""

    name = "skills"
    verbose_name = "Skills"
