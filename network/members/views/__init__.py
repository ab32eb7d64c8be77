"""The pages of the directory: the public ones and the office's."""

from litestar import Router

from network.members.views import atlas, importing, life, listing, moving, organisation, people, public, site

PUBLIC = [public.directory_page, public.member_page, atlas.map_page, atlas.map_alone]
OFFICE = [
    listing.member_list,
    listing.member_sheet,
    organisation.new_form,
    organisation.take_in,
    organisation.organisation_page,
    organisation.edit_form,
    organisation.edit,
    organisation.membership_form,
    organisation.set_membership,
    life.notice_form,
    life.receive_notice,
    life.taking_back_form,
    life.take_back,
    life.full_form,
    life.make_full,
    life.document,
    site.new_form,
    site.enter,
    site.edit_form,
    site.edit,
    site.closing_form,
    site.close,
    site.reopen,
    site.stay_here,
    moving.keep_name,
    moving.keep_seat,
    people.new_form,
    people.appoint,
    people.edit_form,
    people.edit,
    people.end_form,
    people.end,
    people.remove,
    importing.upload_form,
    importing.upload,
    importing.import_page,
    importing.mend,
    importing.leave_out,
    importing.take_back,
    importing.storing_reloaded,
    importing.store,
    importing.give_up,
]

router = Router("/", route_handlers=[*PUBLIC, *OFFICE], tags=["members"])
