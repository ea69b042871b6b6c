using Pipeline.Artifacts;

namespace Pipeline.Export.Tests;

/// <summary>A small data set of two classes; its features go together, each on a scale of its own.</summary>
internal static class SampleRows
{
    private const int Rows = 90;
    private const int Features = 6;

    /// <summary>The data set in a folder, decoded.</summary>
    public static PreparedData Of(string folder, bool areBytes, string[]? names = null)
    {
        var random = new Random(3);
        var floats = new float[Rows * Features];
        for (var i = 0; i < floats.Length; i++)
        {
            var column = i % Features;
            floats[i] = column == 0 ? random.Next(20) : (floats[i - 1] * 0.5f) + random.Next(20 * (column + 1));
        }
        var header = new PreparedDataHeader
        {
            Shape = [Features],
            Classes = 2,
            ClassNames = names,
            Bytes = areBytes,
            Training = Rows,
            Validation = 0,
            Test = 0,
        };
        return Written(
            folder,
            target =>
                PreparedData.Write(
                    target,
                    header,
                    FeatureMap.Identity(Features),
                    FeatureMap.Identity(Features),
                    [.. Enumerable.Range(0, Rows).Select(row => row % 2)],
                    stream =>
                        stream.Write(
                            areBytes ? Array.ConvertAll(floats, value => (byte)value) : LittleEndian.Of(floats)
                        )
                )
        );
    }

    /// <summary>What is exported of no preprocessing.</summary>
    public static ExportedPreprocessing AsTheyAre()
    {
        var folder = Directory.CreateTempSubdirectory("export-");
        try
        {
            using var data = Of(folder.FullName, areBytes: true);
            return new(data, Spec("none"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a run says of its data.</summary>
    public static Parameters Spec(string chain) =>
        Parameters.Of([
            new("preprocessing", Scalar.Of(chain)),
            new("seed", Scalar.Of(0L)),
            new("split.seed", Scalar.Of(0L)),
            new("split.test", Scalar.Of(0.2)),
            new("split.validation", Scalar.Of(0.1)),
        ]);

    /// <summary>A file of prepared data.</summary>
    public static PreparedData Written(string folder, Action<Stream> write)
    {
        var path = Path.Combine(folder, Path.GetRandomFileName());
        using (var stream = File.Create(path))
            write(stream);
        return PreparedData.Open(path);
    }
}
