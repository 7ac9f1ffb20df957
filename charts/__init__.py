"""Pictures of figures, and the same figures as a table. It knows nothing of the project, and nothing of Django.

    scale    Axis and Scale: where a value stands, and where an axis has its ticks
    shapes   Shape, Layer and Picture: what SVG is made of
    dots     Dots: each of them one thing that was measured; a shape says what became of it
    lines    Line: what a theory or a rule says of the same axes
    panel    Panel: a frame with its axes and its title, in which dots, lines, a Band or a Mark are drawn
    bars     bar_chart: what several things come to, below each other; strip: one bar, beside words
    bins     Columns: how often something came, bin by bin, and their table
    spans    what went on when: bars, rules, edges and moments on an axis of time
    chart    Chart: panels side by side on the same scales, and their table
    table    Table, Row and Cell

From samples to both, with times in ms of which those across are written in seconds:

    chart = Chart(
        "Queue wait over time",
        [
            Panel("One thread", "hold", [Dots([(0, 4.1), (130, 62.0)])], [Line([(0, 0), (5000, 95)], "theory")]),
            Panel("Two threads", "free", [Dots([(0, 4.0), (130, 5.2)])], bands=[Band(0, 900, "the first burst")]),
        ],
        across=Axis("due", 5000, "s", per_unit=1000),
        up=Axis("queue wait", 100),
    )

    {% include "charts/_chart.html" with chart=chart key="queue-wait" %}
    {% include "charts/_table.html" with table=chart.table %}

`key` begins the ids of the pictures; nothing else on the page has it. What is drawn has its place in per cent of
the picture, so that one drawing serves every width and its texts keep their size; how large it is, the style sheet
says (`.chart-panel`). There are attributes and classes only, as the policy of the pages allows no style.
"""
