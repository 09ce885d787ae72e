# SPDX-License-Identifier: Apache-2.0
"""What all charts share. Needs Matplotlib (Debian: python3-matplotlib)."""

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

# Okabe and Ito's colours, which also the colour-blind can distinguish.
COLOURS = {
    "reseau": "#0072B2",
    "aws-c-io": "#D55E00",
    "libuv": "#009E73",
    "libevent": "#E69F00",
    "asio": "#CC79A7",
    "floor": "#666666",
}


def plain(axes):
    axes.spines[["top", "right"]].set_visible(False)


def save(figure, target):
    """Text stays text, and the same figures give the same file."""
    pyplot.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "reseau", "font.family": "sans-serif"})
    figure.savefig(target, format="svg", metadata={"Date": None, "Creator": None})
