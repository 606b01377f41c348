"""Run the command line as if on Windows or macOS: `python tests/other_system.py win32 COMMANDS`.

COMMANDS is JSON: a list of lists of arguments. The names that the system does not have are removed before waku-lint is
imported. What the commands print is written to the standard output as JSON: for each its status, output and errors.
"""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

LINUX_OS: Final = """
    O_PATH O_TMPFILE copy_file_range eventfd getrandom getxattr listxattr memfd_create pidfd_open posix_fadvise
    posix_fallocate removexattr sched_getaffinity sched_setaffinity setns setxattr splice unshare
"""
POSIX_OS: Final = """
    O_CLOEXEC O_DIRECTORY O_DSYNC O_NDELAY O_NOCTTY O_NOFOLLOW O_NONBLOCK O_SYNC WCOREDUMP WEXITSTATUS WIFEXITED
    WIFSIGNALED WNOHANG WTERMSIG chown chroot confstr ctermid fchdir fchmod fchown fdatasync fork forkpty fpathconf
    fstatvfs getegid geteuid getgid getgrouplist getgroups getloadavg getpgid getpgrp getpriority getresuid getsid
    getuid initgroups killpg lchown lockf major makedev minor mkfifo mknod nice openpty pathconf pipe2 posix_spawn
    posix_spawnp pread preadv pwrite pwritev readv register_at_fork sched_get_priority_max sched_yield sendfile setegid
    seteuid setgid setgroups setpgid setpriority setsid setuid statvfs sync sysconf tcgetpgrp tcsetpgrp ttyname uname
    wait wait3 wait4 waitid writev
"""
POSIX_SIGNAL: Final = """
    ITIMER_PROF ITIMER_REAL ITIMER_VIRTUAL SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP
    SIGUSR1 SIGUSR2 SIGWINCH alarm getitimer pause pthread_kill pthread_sigmask setitimer siginterrupt sigpending
    sigtimedwait sigwait sigwaitinfo
"""
POSIX_MODULES: Final = "fcntl grp posix pty pwd readline resource syslog termios tty"


def become(system: str) -> None:
    """Make Python look like that of another system to modules that are imported from now on."""
    if system == sys.platform:
        return
    sys.platform = system
    removed = {os: LINUX_OS + (POSIX_OS if system == "win32" else "")}
    if system == "win32":
        removed[signal] = POSIX_SIGNAL
        vars(subprocess)["_USE_POSIX_SPAWN"] = False  # Python itself may start programs by it
        for name in POSIX_MODULES.split():
            sys.modules[name] = None  # type: ignore[assignment] # an import of it fails
        for name in ("supports_dir_fd", "supports_fd", "supports_follow_symlinks"):
            setattr(os, name, set())
    for module, names in removed.items():
        for name in names.split():
            if hasattr(module, name):
                delattr(module, name)


def main() -> None:
    system, commands = sys.argv[1], json.loads(sys.argv[2])
    sys.path.insert(0, str(Path(__file__).parent.parent))
    importlib.import_module("tests.command")
    package = importlib.import_module("waku_lint")
    for each in pkgutil.walk_packages(package.__path__, "waku_lint."):
        if not each.name.endswith("__main__"):
            importlib.import_module(each.name)  # what other packages import is not what is tested
    for name in [name for name in sys.modules if name.partition(".")[0] in ("waku_lint", "tests")]:
        del sys.modules[name]
    become(system)
    from tests.command import run_bytes

    done = [run_bytes(*command, cwd=Path.cwd()) for command in commands]
    json.dump([(each.returncode, each.stdout.decode(), each.stderr.decode()) for each in done], sys.stdout)


if __name__ == "__main__":
    main()
