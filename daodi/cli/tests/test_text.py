import subprocess
import sys


def run(given: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "daodi.cli", "mask"]
    return subprocess.run(command, input=given, capture_output=True, check=False)


def test_mask_is_a_filter() -> None:
    given = "我叫张丙三\n电话13812345678，住2单元301"
    assert run(given.encode()).stdout.decode() == "我叫某某\n电话***，住***"


def test_a_text_of_windows_is_masked_too_and_one_of_nobody_refused() -> None:
    done = run("我叫张丙三\r\n".encode("gbk"))
    assert (done.returncode, done.stdout.decode()) == (0, "我叫某某\r\n")
    done = run(b"\xff\xff\xff\n")
    assert (done.returncode, done.stdout) == (1, b"")
