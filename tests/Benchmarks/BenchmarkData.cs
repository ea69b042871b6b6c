using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.DataSets;
using Pipeline.Numerics;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;
using Pipeline.Stages.Train;

namespace Pipeline.Benchmarks;

/// <summary>
/// The data of the trainings, in files that both engines read: prepared data for ours, the same
/// inputs as raw float32 for the peer.
/// </summary>
internal static class BenchmarkData
{
    /// <summary>The data set that is not part of the project.</summary>
    public const string FashionMnist = "fashion-mnist";

    /// <summary>The share of rows that validate or test where a study doesn't say.</summary>
    public const double DefaultShare = 0.1;

    /// <summary>The name of the prepared data.</summary>
    public const string Prepared = "prepared.data";

    /// <summary>The name of the peer's inputs: float32 [training rows, features].</summary>
    public const string Inputs = "inputs.f32";

    /// <summary>The name of the peer's labels: int32 [training rows].</summary>
    public const string Labels = "labels.i32";

    /// <summary>
    /// Writes a data set into a new folder: split and standardized by the stage Preprocess. Where Fashion-MNIST is
    /// missing, random bytes of its shape take its place, and that is told.
    /// </summary>
    /// <exception cref="PipelineException">The files of another data set are missing.</exception>
    public static void Write(string dataSet, int seed, string folder)
    {
        Directory.CreateDirectory(folder);
        var raw = Path.Combine(folder, "raw.data");
        using (var file = File.Create(raw))
            Read(dataSet).Write(file);
        using (var data = PreparedData.Open(raw))
        {
            using var prepared = File.Create(Path.Combine(folder, Prepared));
            Preprocessor.Prepare(data, Preprocessing("standardize", ValidationShare(data.Header), seed), prepared);
        }
        File.Delete(raw);
        Export(folder);
    }

    /// <summary>What the stage Preprocess reads of a run's parameters.</summary>
    /// <param name="chain">The transforms.</param>
    /// <param name="validationShare">The share of rows that validate.</param>
    /// <param name="seed">Decides the split.</param>
    public static Parameters Preprocessing(string chain, double validationShare, int seed) =>
        Parameters.Of([
            new("preprocessing", Scalar.Of(chain)),
            new("split.seed", Scalar.Of(0L)),
            new("split.test", Scalar.Of(DefaultShare)),
            new("split.validation", Scalar.Of(validationShare)),
            new(Plan.SeedKey, Scalar.Of(seed)),
        ]);

    /// <summary>Reads a data set as <see cref="Write"/> does.</summary>
    /// <exception cref="PipelineException">The files of another data set than Fashion-MNIST are missing.</exception>
    public static DataSet Read(string name)
    {
        var locator = new DataSetLocator(
            new DataSetPlaces(Repository.Root, null, Repository.Root, CacheIsReadOnly: true).Folders
        );
        var reader = DataSetLocator.Reader(name);
        if (name != FashionMnist || locator.TryLocate(name, reader) is not null)
            return reader.Read(locator.Locate(name, reader));
        Console.WriteLine($"{FashionMnist} is not here: random bytes of its shape take its place, and the same time");
        return Synthetic();
    }

    // Where a test split is published, an epoch is to take all other rows; the stage wants one at least to validate on.
    private static double ValidationShare(PreparedDataHeader data) =>
        data.Test > 0 ? 1.0 / data.Training : DefaultShare;

    private static void Export(string folder)
    {
        using var data = PreparedData.Open(Path.Combine(folder, Prepared));
        var rows = data.Header.Training;
        var labels = data.Labels[..rows];
        File.WriteAllBytes(Path.Combine(folder, Labels), MemoryMarshal.AsBytes(labels));
        using var file = File.Create(Path.Combine(folder, Inputs));
        var input = new float[data.Header.Features];
        var label = new int[1];
        for (var row = 0; row < rows; row++)
        {
            RowReader.Gather(data, [row], input, label);
            file.Write(MemoryMarshal.AsBytes<float>(input));
        }
    }

    private static DataSet Synthetic()
    {
        const int rows = 60_000 + 1,
            features = 28 * 28,
            classes = 10;
        var bytes = new byte[rows * features];
        var reader = new RandomStream(0, RandomPurpose.Data).Read();
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)reader.NextBelow(256);
        var labels = Enumerable.Range(0, rows).Select(row => bytes[row * features] % classes).ToArray();
        return new()
        {
            Shape = [1, 28, 28],
            Classes = classes,
            Bytes = bytes,
            Labels = labels,
            PublishedTest = 1,
        };
    }
}
