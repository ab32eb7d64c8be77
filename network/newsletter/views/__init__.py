"""The pages of the mailing list: for readers, and in the office."""

from litestar import Router

from network.newsletter.views import archive, issues, joining, leaving, overview, readers, sending, wrote

PUBLIC = [
    joining.join_form,
    joining.ask_to_join,
    joining.asked,
    joining.confirm_button,
    joining.confirm,
    joining.welcome,
    leaving.preferences_form,
    leaving.change,
    leaving.leave_button,
    leaving.leave,
    leaving.left,
    leaving.one_click_page,
    leaving.one_click,
    archive.issue_list,
    archive.issue_page,
]
OFFICE = [
    overview.overview,
    overview.promise_form,
    overview.change_promise,
    readers.reader_list,
    readers.reader_sheet,
    readers.unreachable_form,
    readers.take_out_unreachable,
    readers.reader_page,
    readers.removal_form,
    readers.remove,
    readers.erasure_form,
    readers.erase,
    wrote.wrote_form,
    wrote.take_mail,
    issues.new_issue,
    issues.begin,
    issues.edit_form,
    issues.edit,
    issues.preview_typed,
    issues.mail_page,
    issues.issue_page,
    issues.test_reloaded,
    issues.test_to_me,
    sending.audience_form,
    sending.choose_readers,
    sending.sending_form,
    sending.send,
    sending.pause,
    sending.resume,
    issues.discard_form,
    issues.discard,
]

router = Router("/", route_handlers=[*PUBLIC, *OFFICE], tags=["newsletter"])
