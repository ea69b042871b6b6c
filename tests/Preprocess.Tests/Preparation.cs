using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests;

/// <summary>Prepares data sets in a temporary folder.</summary>
internal sealed class Preparation : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly List<PreparedData> opened = [];
    private int files;

    public static Parameters Spec(string preprocessing, int seed = 0, double share = 0.2, int splitSeed = 0) =>
        Parameters.Of([
            new("preprocessing", Scalar.Of(preprocessing)),
            new("split.validation", Scalar.Of(share)),
            new("split.test", Scalar.Of(share)),
            new("split.seed", Scalar.Of((long)splitSeed)),
            new("seed", Scalar.Of((long)seed)),
        ]);

    /// <summary>The bytes that Prepare writes.</summary>
    public byte[] Bytes(DataSet data, Parameters spec)
    {
        using var target = new MemoryStream();
        Preprocessor.Prepare(Decoded(data), spec, target);
        return target.ToArray();
    }

    /// <summary>What Prepare writes, mapped.</summary>
    public PreparedData Prepare(DataSet data, Parameters spec) =>
        Open(folder.WriteRaw($"{files++}", Bytes(data, spec)));

    /// <summary>What Prepare writes for a given split, mapped.</summary>
    public PreparedData Prepare(DataSet data, Split split, string preprocessing)
    {
        using var target = new MemoryStream();
        Preprocessor.Prepare(Decoded(data), split, Spec(preprocessing), target);
        return Open(folder.WriteRaw($"{files++}", target.ToArray()));
    }

    /// <summary>The data set as Prepare takes it.</summary>
    public PreparedData Decoded(DataSet data)
    {
        using var target = new MemoryStream();
        data.Write(target);
        return Open(folder.WriteRaw($"{files++}", target.ToArray()));
    }

    public void Dispose()
    {
        opened.ForEach(data => data.Dispose());
        folder.Dispose();
    }

    private PreparedData Open(string path)
    {
        opened.Add(PreparedData.Open(path));
        return opened[^1];
    }
}
