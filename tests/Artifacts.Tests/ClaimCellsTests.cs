namespace Pipeline.Artifacts.Tests;

public sealed class ClaimCellsTests
{
    // Cells are numbered 0…11: activation × depth × initialization, the last fastest. The last axis has one value only.
    private static readonly Axis[] Axes =
    [
        new("activation", [Scalar.Of("relu"), Scalar.Of("tanh")]),
        new("model.depth", [Scalar.Of(2L), Scalar.Of(4L)]),
        new("initialization", [Scalar.Of("zeros"), Scalar.Of("he_normal"), Scalar.Of("identity")]),
        new("normalization", [Scalar.Of("none")]),
    ];

    private static readonly KeyValuePair<string, Scalar> Tanh = new("activation", Scalar.Of("tanh"));
    private static readonly KeyValuePair<string, Scalar> Deep = new("model.depth", Scalar.Of(4L));
    private static readonly KeyValuePair<string, Scalar> Identity = new("initialization", Scalar.Of("identity"));

    [Fact]
    public void A_value_on_each_axis_is_one_cell() =>
        Assert.Equal(
            [
                [11],
            ],
            ClaimCells.Lines(Axes, new(Parameters.Of([Identity, Tanh, Deep]), []), null)
        );

    [Fact]
    public void The_best_is_chosen_from_all_values_of_its_axes()
    {
        Assert.Equal(
            [
                [9],
                [10],
                [11],
            ],
            ClaimCells.Lines(Axes, new(Parameters.Of([Tanh, Deep]), ["initialization"]), null)
        );
        Assert.Equal(
            [
                [2],
                [5],
                [8],
                [11],
            ],
            ClaimCells.Lines(Axes, new(Parameters.Of([Identity]), ["activation", "model.depth"]), null)
        );
    }

    [Fact]
    public void A_slope_is_a_line_along_its_axis()
    {
        Assert.Equal(
            [
                [8, 11],
            ],
            ClaimCells.Lines(Axes, new(Parameters.Of([Tanh, Identity]), []), "model.depth")
        );
        Assert.Equal(
            [
                [6, 9],
                [7, 10],
                [8, 11],
            ],
            ClaimCells.Lines(Axes, new(Parameters.Of([Tanh]), ["initialization"]), "model.depth")
        );
    }

    [Fact]
    public void An_axis_left_open_is_refused() =>
        Assert.Throws<InvalidOperationException>(() =>
            ClaimCells.Lines(Axes, new(Parameters.Of([Tanh, Deep]), []), null)
        );
}
