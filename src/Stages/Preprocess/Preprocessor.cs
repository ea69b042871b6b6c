using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Stages.Preprocess;

/// <summary>Splits a decoded data set, fits the chain of transforms on the training split and writes prepared data.</summary>
public static class Preprocessor
{
    /// <summary>Parts a chain's transforms in a run's parameters: <c>center+standardize</c>.</summary>
    public const char ChainSeparator = '+';

    /// <summary>Whether the stage reads a parameter of the run. The data set itself comes in as content, not by name.</summary>
    public static bool Reads(string key) => key is "preprocessing" or "split.validation" or "split.test" or Plan.SeedKey;

    /// <summary>The transforms that a run's parameters name, in the order in which they are applied.</summary>
    /// <exception cref="FormatException">A transform is not of the form name or name(number, …).</exception>
    public static IReadOnlyList<OperationCall> Chain(Parameters spec) =>
        [.. TopLevel.Split(spec.Text("preprocessing"), ChainSeparator).Select(OperationCall.Parse)];

    /// <summary>Prepares a data set.</summary>
    /// <param name="data">The decoded data set: rows × features.</param>
    /// <param name="spec">The parameters that <see cref="Reads"/> names.</param>
    /// <param name="target">Where the prepared data go; its position must be 0.</param>
    /// <exception cref="InvalidDataException">A split would be empty.</exception>
    public static void Prepare(PreparedData data, Parameters spec, Stream target)
    {
        var split = Split.Of(data.Header, spec.Number("split.validation"), spec.Number("split.test"), spec.Integer(Plan.SeedKey));
        var map = Fit(data, split.Training, Chain(spec));
        int[] rows = [.. split.Training, .. split.Validation, .. split.Test];
        var labels = new int[rows.Length];
        for (var i = 0; i < rows.Length; i++)
            labels[i] = data.Labels[rows[i]];
        var header = data.Header with { Training = split.Training.Length, Validation = split.Validation.Length, Test = split.Test.Length };
        PreparedData.Write(
            target,
            header,
            Array.ConvertAll(map.Shift, x => (float)x),
            Array.ConvertAll(map.Scale, x => (float)x),
            labels,
            stream => WriteRows(stream, data, rows));
    }

    private static AffineMap Fit(PreparedData data, ReadOnlySpan<int> training, IReadOnlyList<OperationCall> chain)
    {
        var moments = FeatureMoments.Of(data, training);
        var map = AffineMap.Identity(moments.Mean.Length);
        foreach (var call in chain)
        {
            var step = TransformCatalogue.Create(call.Name, [.. call.Arguments]).Fit(moments);
            moments = moments.After(step);
            map = map.Then(step);
        }
        return map;
    }

    private static void WriteRows(Stream target, PreparedData data, int[] rows)
    {
        foreach (var row in rows)
            target.Write(data.Header.Bytes ? data.ByteRow(row) : MemoryMarshal.AsBytes(data.FloatRow(row)));
    }
}
