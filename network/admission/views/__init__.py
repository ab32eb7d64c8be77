"""The public form for applicants, and the office's pages of what came in."""

from litestar import Router

from network.admission.views import office, public

router = Router(
    "/",
    route_handlers=[
        public.application_form,
        public.send_application,
        public.asked,
        public.confirm_button,
        public.confirm,
        office.list_page,
        office.application_page,
        office.document,
        office.step_form,
        office.take_step,
        office.acceptance_form,
        office.accept,
    ],
    tags=["admission"],
)
