"""Addresses of the skills."""

from django.urls import path

from skills import views

WELL_KNOWN = ".well-known/agent-skills/index.json"

urlpatterns = [
    path(WELL_KNOWN, views.index, name="skills-index"),
    path("skills", views.skills, name="skills"),
    path("skills/<str:key>.zip", views.archive, {"kind": "zip"}, name="skill-zip"),
    path("skills/<str:key>.tar.gz", views.archive, {"kind": "tar.gz"}, name="skill-tar"),
    path("skills/<str:key>", views.skill, name="skill"),
    path("skills/<str:key>/SKILL.md", views.main_file, name="skill-file"),
    path("skills/<str:key>/references/<str:name>", views.reference, name="skill-reference"),
    # Where an installer looks first that is given the address of a skill's page.
    path(f"skills/<str:key>/{WELL_KNOWN}", views.index_of_one, name="skill-index"),
]
