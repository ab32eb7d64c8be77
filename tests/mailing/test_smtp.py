"""The mail server's address, and conversations with it, pleasant and otherwise."""

import asyncio
import shutil
import ssl
import subprocess

import pytest

from mailing import smtp
from mailing.smtp import Connection, Fate, Lost, Unreachable
from tests.mailing.conftest import surroundings
from tests.smtp_sink import Sink, running

MESSAGE = b"Message-ID: <1@example.org>\r\nSubject: x\r\n\r\nfirst\r\n.\r\n..second\r\n"


def refusing(command, reply, who=""):
    return lambda said, argument: reply if said == command and who in argument else None


async def speak(sink, *recipients):
    connection = Connection(smtp.server_from(sink.url))
    results = []
    for recipient in recipients:
        await connection.make_ready()
        results.append(await connection.send("office@example.org", recipient, MESSAGE))
    await connection.close()
    return results


@pytest.mark.parametrize(
    ("url", "facts"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 25, "", "", False, None)),
        ("smtp://u%40x:p%2Fw@mail.example.org", ("mail.example.org", 587, "u@x", "p/w", False, True)),
        ("smtps://u:p@mail.example.org", ("mail.example.org", 465, "u", "p", True, False)),
        ("smtp://u:p@mail.example.org:25?starttls=no", ("mail.example.org", 25, "u", "p", False, False)),
        ("smtp://127.0.0.1:2525", ("127.0.0.1", 2525, "", "", False, False)),
        ("smtp://mail.example.org?starttls=yes", ("mail.example.org", 25, "", "", False, True)),
    ],
)
def test_the_address_is_read(url, facts):
    one = smtp.server_from(url)

    assert (one.host, one.port, one.user, one.password, one.tls, one.starttls) == facts


def test_connections_and_certificates_are_options():
    one = smtp.server_from("smtp://localhost?connections=3&verify=no")

    assert (one.connections, one.verify, smtp.server_from("smtp://localhost").connections) == (3, False, 8)


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_what_is_no_address_is_said_in_words(url):
    with pytest.raises(ValueError, match="SMTP_URL must look like"):
        smtp.server_from(url)


def test_a_demo_writes_to_this_machine_only():
    with surroundings(demo=True, smtp_url="smtp://mail.example.org"):
        assert smtp.server() is None
    with surroundings(demo=True, smtp_url="smtp://[::1]:2525"):
        assert smtp.server().is_here


@pytest.mark.parametrize("pipelining", [True, False])
async def test_messages_follow_each_other_over_one_connection(pipelining):
    async with running(Sink(pipelining=pipelining)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org")

    assert [one.fate for one in results] == [Fate.SENT, Fate.SENT]
    assert (sink.connections, sink.recipients) == (1, ["a@example.org", "b@example.org"])
    assert sink.taken[0].raw == MESSAGE


@pytest.mark.parametrize("pipelining", [True, False])
@pytest.mark.parametrize(("command", "who"), [("RCPT", "a@"), ("DATA", ""), (".", "a@")])
@pytest.mark.parametrize(("reply", "fate"), [("451 4.7.1 later", Fate.LATER), ("550 5.1.1 nobody", Fate.FAILED)])
async def test_a_refusal_counts_for_its_message_only(pipelining, command, who, reply, fate):
    once = iter([reply])
    deny = refusing(command, reply, who) if who else (lambda said, _: next(once, None) if said == command else None)
    async with running(Sink(pipelining=pipelining, answers=deny)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org")

    assert [(one.fate, one.answer) for one in results] == [(fate, reply), (Fate.SENT, "250 2.0.0 taken as 1")]
    assert (sink.connections, sink.recipients) == (1, ["b@example.org"])


async def test_a_server_that_takes_data_for_nobody_gets_only_a_dot():
    def odd(command, argument):
        return (
            {"RCPT": "550 nobody", "DATA": "354 go on"}.get(command) if "a@" in argument or command == "DATA" else None
        )

    async with running(Sink(answers=odd)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org")

    assert [one.fate for one in results] == [Fate.FAILED, Fate.SENT]
    assert sink.recipients == ["b@example.org"]


async def test_a_server_that_closes_is_greeted_anew():
    once = iter(["421 4.3.2 shutting down"])
    async with running(Sink(answers=lambda said, _: next(once, None) if said == "RCPT" else None)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org")

    assert [one.fate for one in results] == [Fate.LATER, Fate.SENT]
    assert sink.connections == 2


@pytest.mark.parametrize(("command", "handed_over"), [("MAIL", False), ("DATA", False), (".", True)])
async def test_a_connection_that_breaks_says_whether_the_message_was_handed_over(command, handed_over):
    async with running(Sink(hang_up_after=lambda said, _: said == command)) as sink:
        with pytest.raises(Lost) as lost:
            await speak(sink, "a@example.org")

    assert lost.value.handed_over is handed_over


async def test_an_idle_connection_is_asked_first_and_opened_again_when_dead(monkeypatch):
    monkeypatch.setattr(smtp, "IDLE_SECONDS", 0)
    async with running(Sink(hang_up_after=lambda said, number: said == "NOOP" and number == 1)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org", "c@example.org")

    assert [one.fate for one in results] == [Fate.SENT] * 3
    assert (sink.connections, sink.commands.count("NOOP")) == (2, 2)


async def test_a_server_that_is_not_there_or_wants_us_to_sign_in_is_unreachable():
    async with running() as sink:
        port = sink.port
    with pytest.raises(Unreachable, match=str(port)):
        await Connection(smtp.server_from(f"smtp://127.0.0.1:{port}")).make_ready()
    async with running(Sink(answers=refusing("MAIL", "530 5.7.0 sign in first"))) as sink:
        with pytest.raises(Unreachable, match="sign in first"):
            await speak(sink, "a@example.org")


async def test_a_server_without_the_demanded_encryption_gets_nothing():
    async with running() as sink:
        with pytest.raises(Unreachable):
            await Connection(smtp.server_from(f"{sink.url}?starttls=yes")).make_ready()

    assert "MAIL" not in sink.commands


async def test_signing_in_and_encryption_go_before_the_first_letter(tmp_path):
    """Against aiosmtpd, which knows AUTH and STARTTLS."""
    from aiosmtpd.smtp import SMTP, AuthResult

    taken = []

    class Taking:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's name
            taken.append((session.ssl is not None, session.authenticated, envelope.rcpt_tos))
            return "250 taken"

    def sign_in(server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (b"bag", b"geheim"), handled=False)

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*certificate(tmp_path))
    demands = {"tls_context": tls, "require_starttls": True, "auth_required": True, "authenticator": sign_in}
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Taking(), **demands), "127.0.0.1", 0)
    url = f"smtp://bag:{{}}@127.0.0.1:{server.sockets[0].getsockname()[1]}?starttls=yes&verify=no"
    connection = Connection(smtp.server_from(url.format("geheim")))
    await connection.make_ready()
    await connection.send("office@example.org", "a@example.org", MESSAGE)
    await connection.close()
    with pytest.raises(Unreachable, match="535"):
        await Connection(smtp.server_from(url.format("falsch"))).make_ready()
    with pytest.raises(Unreachable, match=r"(?i)certificate"):
        await Connection(smtp.server_from(url.format("geheim").replace("&verify=no", ""))).make_ready()
    server.close()
    await server.wait_closed()

    assert taken == [(True, True, ["a@example.org"])]


def certificate(folder):
    """Signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl to make a certificate with")
    paths = [str(folder / "cert.pem"), str(folder / "key.pem")]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-out", paths[0], "-keyout", paths[1]],
        check=True, capture_output=True,
    )  # fmt: skip
    return paths


async def test_a_long_answer_of_several_lines_is_read_as_one():
    deny = refusing("RCPT", "550-5.7.1 We do not like\r\n550 5.7.1 your letters", "a@")
    async with running(Sink(answers=deny)) as sink:
        results = await speak(sink, "a@example.org", "b@example.org")

    assert results[0].answer == "550 5.7.1 We do not like 5.7.1 your letters"
    assert results[1].fate is Fate.SENT


async def test_a_server_that_talks_nonsense_is_left():
    async with running(Sink(answers=refusing("MAIL", "what?"))) as sink:
        with pytest.raises(Lost):
            await speak(sink, "a@example.org")
