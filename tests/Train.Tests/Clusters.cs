using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.Networks;
using Pipeline.Numerics;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

/// <summary>
/// Prepared data that are easy to learn: three clouds of bytes far apart, in 19 features. The map
/// brings them to about −2…2.
/// </summary>
internal sealed class Clusters : IDisposable
{
    public const int Features = 19;
    public const int Classes = 3;
    public const int Training = 200;
    public const int Validation = 30;
    public const int Test = 40;
    public const int Rows = Training + Validation + Test;

    /// <summary>The file of the data.</summary>
    public string File { get; } = Path.GetTempFileName();

    /// <summary>
    /// The values, stored as bytes or as float32; <paramref name="change"/> may change them first, which takes float32.
    /// With an augmentation they are images of one row of pixels.
    /// </summary>
    public Clusters(
        bool bytes = true,
        Action<float[]>? change = null,
        float[]? testShift = null,
        Augmentation? augmentation = null
    )
    {
        var values = Values();
        change?.Invoke(values);
        var header = new PreparedDataHeader
        {
            Shape = augmentation is null ? [Features] : [1, 1, Features],
            Classes = Classes,
            Bytes = bytes,
            Training = Training,
            Validation = Validation,
            Test = Test,
            Augmentation = augmentation,
        };
        var (shift, scale) = (new float[Features], new float[Features]);
        Array.Fill(shift, 120.3f);
        Array.Fill(scale, 0.013f);
        int[] labels = [.. Enumerable.Range(0, Rows).Select(Label)];
        using (var target = System.IO.File.Create(File))
        {
            PreparedData.Write(
                target,
                header,
                new(shift, scale),
                new(testShift ?? shift, scale),
                labels,
                stream =>
                    stream.Write(
                        bytes ? Array.ConvertAll(values, value => (byte)value) : MemoryMarshal.AsBytes<float>(values)
                    )
            );
        }
        Data = PreparedData.Open(File);
    }

    public PreparedData Data { get; }

    public RunResult Run(params (string Key, Scalar Value)[] changes) =>
        Trainer.Run(Spec.With(changes), Data, Backend.Managed, CancellationToken.None);

    public void Dispose()
    {
        Data.Dispose();
        System.IO.File.Delete(File);
    }

    private static int Label(int row) => row % Classes;

    /// <summary>A feature is bright where its number has the row's class, and noisy everywhere.</summary>
    private static float[] Values()
    {
        var values = new float[Rows * Features];
        new RandomStream(Seed: 1, RandomPurpose.Data).FillNormal(values);
        for (var i = 0; i < values.Length; i++)
            values[i] = Math.Clamp(
                MathF.Round((30 * values[i]) + (i % Features % Classes == Label(i / Features) ? 190 : 70)),
                0,
                255
            );
        return values;
    }
}
