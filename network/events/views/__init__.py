"""Pages of events: what visitors see, what registered people change, and what the office does."""

from litestar import Router

from network.events.views import checkin, deeds, interpreters, office, own_place, participants, public, report

router = Router(
    "/",
    route_handlers=[
        public.events,
        public.feed,
        public.event_page,
        public.calendar_download,
        report.report_page,
        report.report_pdf,
        own_place.own_place,
        own_place.cannot_come_button,
        own_place.cannot_come,
        own_place.withdraw_needs,
        office.event_list,
        office.new_event,
        office.create,
        office.overview,
        office.needs,
        interpreters.note_order,
        office.edit_form,
        office.edit,
        deeds.take_step,
        deeds.cancellation_form,
        deeds.cancel,
        deeds.create_follow_up,
        deeds.discard_question,
        deeds.discard,
        deeds.seat_by_hand,
        deeds.person_question,
        deeds.cancel_person,
        participants.participants_file,
        participants.participants_list,
        participants.registration_form,
        participants.register,
        checkin.check_in_page,
        checkin.tick,
        checkin.walk_in,
        report.report_form,
        report.write,
    ],
    tags=["events"],
)
