"""The site as its settings describe it: which processes it has, in which order they start, and when it is up."""

from django.conf import settings
from django.db import connection
from django.http.request import validate_host

from config.data_dir import valkey_socket
from config.own_hosts import facing_address, in_url
from config.run import preflight, preparation, probes, programs
from config.run.child import Program
from config.run.restarts import Restarts
from config.run.supervisor import Asked, Died, Supervisor

# Ctrl-C ends everything within 5 s. The broker ends last: a worker that stops has to say so there.
STOP_SECONDS = programs.GRACE_SECONDS + 0.4
STOP_ORDER = [["web", "worker"], ["valkey"]]
# Advice for machines whose whole memory is a database, and about a number of threads that is meant: ours wait.
SILENCED = ("WARNING Memory overcommit must be enabled", "Configuration allows spawning up to")
PATIENCE = 20.0  # seconds until a start that does not get ready says what it waits for


def run() -> int:
    """Look, prepare, start everything, and keep it going until somebody asks for the end. Returns the exit code.

    Raises:
        WrongSetting: something that the user can change is in the way.
    """
    socket = valkey_socket(settings.DATA_DIR)
    with preflight.claimed(settings.DATA_DIR, socket):
        preflight.check_port(settings.ENVIRONMENT.bind, settings.ENVIRONMENT.port)
        if settings.ENVIRONMENT.metrics_port:
            preflight.check_port(settings.ENVIRONMENT.metrics_bind, settings.ENVIRONMENT.metrics_port, "METRICS_")
        if settings.ENVIRONMENT.redis_url:
            preflight.check_redis(settings.REDIS_URL)
        told = preparation.prepare()
        with Supervisor() as supervisor:
            for line in told:
                supervisor.say(line)
            return _keep_going(supervisor)


def _keep_going(supervisor: Supervisor) -> int:
    try:
        if not settings.ENVIRONMENT.redis_url:
            supervisor.start(Program("valkey", programs.valkey(settings.ENVIRONMENT), SILENCED))
            socket = valkey_socket(settings.DATA_DIR)
            supervisor.wait_until(lambda: probes.valkey_answers(socket))
        supervisor.start(Program("web", programs.web(settings.ENVIRONMENT), SILENCED))
        supervisor.start(Program("worker", programs.worker(settings.ENVIRONMENT)))
        if not supervisor.wait_until(lambda: _ready()[0], PATIENCE):
            supervisor.say(f"not ready after {PATIENCE:g} s: {_ready()[1].strip() or 'the web server does not answer'}")
            supervisor.wait_until(lambda: _ready()[0])
        supervisor.say(f"ready: {_address()} (Ctrl-C stops it)")
        if path := preparation.first_invitation():
            supervisor.say(f"the link that makes the first instructor, once, within a day: {_here()}{path}")
        connection.close()  # this process only watches from here on
        supervisor.run(Restarts())
    except Asked:
        supervisor.say("stopping")
        supervisor.stop(STOP_ORDER, STOP_SECONDS)
        return 0
    except Died as died:
        supervisor.stop(STOP_ORDER, STOP_SECONDS)
        supervisor.say(f"{died}, so everything was stopped")
    return 1


def _ready() -> tuple[bool, str]:
    address = probes.address_to_ask(settings.ENVIRONMENT.bind)
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    status, text = probes.site_says(address, settings.ENVIRONMENT.port, "/readyz", host)
    return status == 200, text  # noqa: PLR2004 - HTTP's OK


def _here() -> str:
    """The address at which the one who started the site finds it, without a slash at its end."""
    if settings.ENVIRONMENT.public_url:
        return str(settings.ENVIRONMENT.public_url)
    address = in_url(probes.address_to_ask(settings.ENVIRONMENT.bind))
    return f"http://{address}:{settings.ENVIRONMENT.port}"


def _address() -> str:
    here = f"{_here()}/"
    bind, port = settings.ENVIRONMENT.bind, settings.ENVIRONMENT.port
    if settings.ENVIRONMENT.public_url:
        return here
    facing = facing_address() if bind in ("0.0.0.0", "::") else None  # noqa: S104 - asks, and binds nothing
    if facing is None or not validate_host(facing, settings.ALLOWED_HOSTS):
        return here
    return f"http://{facing}:{port}/ for others, {here} here"
