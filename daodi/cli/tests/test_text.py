import subprocess
import sys


def test_mask_is_a_filter() -> None:
    given = "我叫张丙三\n电话13812345678，住2单元301"
    done = subprocess.run(
        [sys.executable, "-m", "daodi.cli", "mask"], input=given, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout == "我叫某某\n电话***，住***"
