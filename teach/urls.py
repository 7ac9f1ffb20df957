from django.urls import include, path

from teach import (
    editing_views,
    history_views,
    instructor_views,
    lesson_views,
    paper_views,
    preview_views,
    question_views,
    site_views,
    views,
)

app_name = "teach"
urlpatterns = [
    path("", views.studio, name="studio"),
    path("edit/<path:path>", editing_views.edit, name="edit"),
    path("preview/<path:path>", preview_views.show, name="preview"),
    path("rehearse/answer/<path:path>", preview_views.answer, name="rehearse-answer"),
    path("rehearse/again/<path:path>", preview_views.again, name="rehearse-again"),
    path("rehearse/over/<path:path>", preview_views.over, name="rehearse-over"),
    path("versions/<int:pk>/", history_views.version, name="version"),
    path("versions/<path:path>", history_views.versions, name="versions"),
    path("shipped/<path:path>", history_views.shipped, name="shipped"),
    path("changes.zip", lesson_views.download, name="download"),
    path("lessons/new/", lesson_views.begin, name="new-lesson"),
    path("lessons/<slug:lesson>/retire/", lesson_views.retire, name="retire"),
    path("lessons/<slug:lesson>/bring-back/", lesson_views.bring_back, name="bring-back"),
    path("lessons/<slug:lesson>/question/", question_views.add, name="add-question"),
    path("lessons/<slug:lesson>/paper/", paper_views.paper, name="paper"),
    path("lessons/<slug:lesson>/picture/", lesson_views.put_picture, name="put-picture"),
    path("lessons/<slug:lesson>/statistics/", include("teach.statistics.urls")),
    path("lessons/<slug:lesson>/exchange/", include("teach.exchange.urls")),
    path("instructors/", instructor_views.instructors, name="instructors"),
    path("site/", site_views.site, name="site"),
    path("invitations/<str:secret>/", instructor_views.invitation, name="invitation"),
]
