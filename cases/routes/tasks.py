"""Routes of tasks, and of handing over what somebody holds."""

from __future__ import annotations

from django.urls import path

from cases.views import handover, tasks

urlpatterns = [
    path("tasks/", tasks.task_list, name="task_list"),
    path("tasks/new/", tasks.task_add, name="task_add"),
    path("files/<uuid:pk>/tasks/new/", tasks.task_add_to_file, name="task_add_to_file"),
    path("tasks/<uuid:pk>/", tasks.task_detail, name="task_detail"),
    path("tasks/<uuid:pk>/change/", tasks.task_change, name="task_change"),
    path("tasks/<uuid:pk>/hold/", tasks.task_hold, name="task_hold"),
    path("tasks/<uuid:pk>/cancel/", tasks.task_cancel, name="task_cancel"),
    path("tasks/<uuid:pk>/done/", tasks.task_done, name="task_done"),
    path("tasks/<uuid:pk>/resume/", tasks.task_resume, name="task_resume"),
    path("tasks/<uuid:pk>/reopen/", tasks.task_reopen, name="task_reopen"),
    path("hand-over/<uuid:pk>/", handover.hand_over_work, name="hand_over"),
]
