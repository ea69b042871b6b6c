using System.Runtime.InteropServices;

namespace Pipeline.Numerics.Tests;

/// <summary>What holds for a convolution whatever its variant.</summary>
public sealed class ConvolutionTests
{
    private const double Tolerance = 1e-4;

    private static readonly float[] OneToNine = [1, 2, 3, 4, 5, 6, 7, 8, 9];

    private readonly GemmWorkspace workspace = new();

    [Fact]
    public void A_convolution_and_its_gradients_are_what_they_are_on_paper()
    {
        var sizes = new ConvolutionSizes(3, 3, 1, 1, Kernel: 2, Stride: 1, Padding: 0);
        var (y, dw, dx) = (new float[4], new float[4], new float[9]);

        Convolution.Forward(sizes, 1, OneToNine, [1, 2, 3, 4], y, accumulate: false, workspace);
        Convolution.WeightGradient(sizes, 1, OneToNine, [1, 1, 1, 1], dw, accumulate: false, workspace);
        Convolution.InputGradient(sizes, 1, [1, 1, 1, 1], [1, 2, 3, 4], dx, workspace);

        Assert.Equal([37, 47, 67, 77], y);
        Assert.Equal([12, 16, 24, 28], dw);
        Assert.Equal([1, 3, 2, 4, 10, 6, 3, 7, 4], dx);
    }

    [Fact]
    public void Padding_and_stride_are_what_they_are_on_paper()
    {
        var sizes = new ConvolutionSizes(3, 3, 1, 1, Kernel: 2, Stride: 2, Padding: 1);
        var (y, dw, dx) = (new float[4], new float[4], new float[9]);

        Convolution.Forward(sizes, 1, OneToNine, [1, 2, 3, 4], y, accumulate: false, workspace);
        Convolution.WeightGradient(sizes, 1, OneToNine, [1, 10, 100, 1000], dw, accumulate: false, workspace);
        Convolution.InputGradient(sizes, 1, [1, 10, 100, 1000], [1, 2, 3, 4], dx, workspace);

        Assert.Equal([4, 18, 36, 77], y);
        Assert.Equal([5000, 6400, 8020, 9731], dw);
        Assert.Equal([4, 30, 40, 200, 1000, 2000, 400, 3000, 4000], dx);
    }

    [Fact]
    public void Channels_lie_side_by_side_and_a_sum_can_go_on()
    {
        float[] y = [1, 2];
        Convolution.Forward(
            new(1, 1, 2, 2, Kernel: 1, Stride: 1, Padding: 0),
            1,
            [1, 2],
            [1, 10, 100, 1000],
            y,
            accumulate: true,
            workspace
        );
        Assert.Equal([202, 2012], y);
    }

    [Theory]
    [InlineData(3, 1, 1)]
    [InlineData(4, 3, 2)]
    public void Both_gradients_belong_to_the_convolution(int kernel, int stride, int padding)
    {
        // It is linear in x and in w: Σ y·dy = Σ x·dx = Σ w·dw.
        var sizes = new ConvolutionSizes(9, 7, 3, 5, kernel, stride, padding);
        var (x, w, dy) = (
            Normals(2 * sizes.InputLength, 1),
            Normals(sizes.WeightLength, 2),
            Normals(2 * sizes.OutputLength, 3)
        );
        var (y, dx, dw) = (new float[dy.Length], new float[x.Length], new float[w.Length]);
        Convolution.Forward(sizes, 2, x, w, y, accumulate: false, workspace);
        Convolution.InputGradient(sizes, 2, dy, w, dx, workspace);
        Convolution.WeightGradient(sizes, 2, x, dy, dw, accumulate: false, workspace);
        Assert.Equal(Product(y, dy), Product(x, dx), Tolerance);
        Assert.Equal(Product(y, dy), Product(w, dw), Tolerance);

        static double Product(float[] v, float[] w) => v.Zip(w, (a, b) => (double)a * b).Sum();
    }

    [Fact]
    public void A_convolution_allocates_nothing_once_its_workspace_has_grown()
    {
        var sizes = new ConvolutionSizes(9, 8, 5, 33, Kernel: 3, Stride: 2, Padding: 1);
        var (x, w, y) = (
            new float[3 * sizes.InputLength],
            new float[sizes.WeightLength],
            new float[3 * sizes.OutputLength]
        );
        Run(workspace, sizes, x, w, y);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(workspace, sizes, x, w, y);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void What_a_workspace_was_used_for_does_not_matter()
    {
        ConvolutionSizes[] all =
        [
            new(5, 4, 3, 7, 3, 1, 1),
            new(9, 9, 8, 33, 5, 2, 4),
            new(2, 3, 1, 1, 2, 1, 0),
            new(6, 6, 17, 5, 3, 3, 1),
            new(5, 4, 3, 7, 3, 1, 1),
        ];
        foreach (var sizes in all)
        {
            Assert.Equal(Results(new()), Results(workspace));
            float[] nan = [.. Enumerable.Repeat(float.NaN, 40 * 40)];
            Gemm.Multiply(
                GemmForm.NT,
                40,
                40,
                40,
                nan,
                40,
                nan,
                40,
                new float[40 * 40],
                40,
                accumulate: false,
                workspace
            );

            int[] Results(GemmWorkspace used)
            {
                var (x, w, y) = (
                    Normals(3 * sizes.InputLength, 1),
                    Normals(sizes.WeightLength, 2),
                    new float[3 * sizes.OutputLength]
                );
                Run(used, sizes, x, w, y);
                return [.. MemoryMarshal.Cast<float, int>((float[])[.. x, .. w, .. y])];
            }
        }
    }

    private static void Run(GemmWorkspace workspace, ConvolutionSizes sizes, float[] x, float[] w, float[] y)
    {
        Convolution.Forward(sizes, 3, x, w, y, accumulate: false, workspace);
        Convolution.WeightGradient(sizes, 3, x, y, w, accumulate: false, workspace);
        Convolution.InputGradient(sizes, 3, y, w, x, workspace);
    }

    private static float[] Normals(int count, uint index)
    {
        var values = new float[count];
        new RandomStream(9, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }
}
