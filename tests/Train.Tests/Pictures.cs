using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.Numerics;

namespace Pipeline.Train.Tests;

/// <summary>Prepared images of noise, in two channels of 4 × 6 pixels, that training moves and mirrors.</summary>
internal sealed class Pictures : IDisposable
{
    private const int Rows = 80;

    private readonly string path = Path.GetTempFileName();

    public Pictures()
    {
        var header = new PreparedDataHeader
        {
            Shape = [2, 4, 6],
            Classes = 3,
            Bytes = false,
            Training = 50,
            Validation = 14,
            Test = 16,
            Augmentation = new(Padding: 1, FlipShare: 0.5),
        };
        var values = new float[Rows * header.Features];
        new RandomStream(Seed: 2, RandomPurpose.Data).FillNormal(values);
        var (shift, scale) = (new float[header.Features], new float[header.Features]);
        Array.Fill(scale, 1);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(row => row % 3)];
        using (var target = File.Create(path))
            PreparedData.Write(
                target,
                header,
                new(shift, scale),
                new(shift, scale),
                labels,
                stream => stream.Write(MemoryMarshal.AsBytes<float>(values))
            );
        Data = PreparedData.Open(path);
    }

    public PreparedData Data { get; }

    public void Dispose()
    {
        Data.Dispose();
        File.Delete(path);
    }
}
