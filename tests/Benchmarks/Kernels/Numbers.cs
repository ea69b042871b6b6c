using Pipeline.Numerics;

namespace Pipeline.Benchmarks;

/// <summary>Operands of the kernels: standard normal numbers, the same every time.</summary>
internal static class Numbers
{
    public static float[] Normal(int length, uint index = 0)
    {
        var values = new float[length];
        new RandomStream(0, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    public static int[] Labels(int rows, int classes) =>
        [.. Enumerable.Range(0, rows).Select(row => row * 7 % classes)];
}
