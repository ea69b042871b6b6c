namespace Pipeline.Numerics.Tests;

/// <summary>What a caller of a convolution can get wrong, and what he is told.</summary>
public sealed class ConvolutionMisuseTests
{
    private readonly GemmWorkspace workspace = new();

    [Theory]
    [InlineData(0, 4, 3, 1, 1)]
    [InlineData(4, -1, 3, 1, 1)]
    [InlineData(4, 4, 0, 1, 0)]
    [InlineData(4, 4, 3, 0, 1)]
    [InlineData(4, 4, 3, 1, -1)]
    [InlineData(4, 4, 3, 1, 3)]
    [InlineData(2, 4, 3, 1, 0)]
    [InlineData(4, 2, 5, 1, 1)]
    [InlineData(4, 4, int.MaxValue, 1, int.MaxValue - 1)]
    public void Sizes_that_are_not_possible_are_named(int height, int width, int kernel, int stride, int padding)
    {
        var sizes = new ConvolutionSizes(height, width, 5, 6, kernel, stride, padding);
        var exception = Assert.Throws<ArgumentException>(() =>
            Convolution.Forward(sizes, 1, [], [], [], accumulate: false, workspace)
        );
        Assert.StartsWith(
            $"A convolution of [{height}, {width}, 5] with 6 kernels of [{kernel}, {kernel}], "
                + $"stride {stride} and padding {padding} is not possible",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(2, 23, 8, 8)]
    [InlineData(2, 24, 7, 8)]
    [InlineData(2, 24, 8, 7)]
    [InlineData(-1, 24, 8, 8)]
    [InlineData(int.MaxValue, 24, 8, 8)]
    public void Spans_that_are_too_short_are_named_with_what_is_needed(int rows, int inputs, int weights, int outputs)
    {
        var sizes = new ConvolutionSizes(4, 3, 1, 2, Kernel: 2, Stride: 2, Padding: 0);
        var (x, w, y) = (new float[inputs], new float[weights], new float[outputs]);
        var sentence =
            $"A convolution of {rows} images of [4, 3, 1] with 2 kernels of [2, 2], stride 2 and padding 0 takes {rows} × 12 and 8 numbers "
            + $"and gives {rows} × 4, but the spans hold {inputs}, {weights} and {outputs}.";
        AssertSays(() => Convolution.Forward(sizes, rows, x, w, y, accumulate: false, workspace));
        AssertSays(() => Convolution.WeightGradient(sizes, rows, x, y, w, accumulate: false, workspace));
        AssertSays(() => Convolution.InputGradient(sizes, rows, y, w, x, workspace));

        void AssertSays(Action action) =>
            Assert.Contains(sentence, Assert.Throws<ArgumentException>(action).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_gradient_of_no_images_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Convolution.WeightGradient(
                new(1, 1, 1, 1, 1, 1, 0),
                rows: 0,
                [],
                [],
                new float[1],
                accumulate: false,
                workspace
            )
        );
}
