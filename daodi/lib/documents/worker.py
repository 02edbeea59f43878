"""The child process that typesets, so that an endless document takes only the child along.

Started by path, not imported: it needs nothing of Daodi.
"""

import json
import resource
import sys

import typst


def main() -> None:
    memory, seconds = (int(word) for word in sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    job = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, font_paths=job["fonts"])
    compiler = typst.Compiler(
        f"{job['root']}/{job['template']}",
        root=job["root"],
        font_paths=fonts,
        sys_inputs={"data": job["data"]},
    )
    made = compiler.compile(format=job["kind"])
    # Pictures are one a page.
    first = made[0] if isinstance(made, list) else made
    sys.stdout.buffer.write(first or b"")


if __name__ == "__main__":
    main()
