using System.Runtime.InteropServices;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Stages.Preprocess;

/// <summary>Splits a decoded data set, fits the chain of transforms on the training split and writes prepared data.</summary>
public static class Preprocessor
{
    /// <summary>Whether the stage reads a parameter of the run. The data set itself comes in as content, not by name.</summary>
    public static bool Reads(string key) => ParameterUse.IsReadByPreprocess(key);

    /// <summary>The transforms that a run's parameters name, in the order in which they are applied.</summary>
    /// <exception cref="FormatException">A transform is not of the form name or name(number, …).</exception>
    public static IReadOnlyList<OperationCall> Chain(Parameters spec) => CallChain.Parse(spec.Text("preprocessing"));

    /// <summary>
    /// The shape of a sample after the chain of a run's parameters; where the training split
    /// decides, the largest there can be.
    /// </summary>
    /// <exception cref="InvalidDataException">
    /// The chain can't be applied to samples of this shape; the message is a sentence that says why.
    /// </exception>
    public static IReadOnlyList<int> Shape(Parameters spec, IReadOnlyList<int> shape)
    {
        var isAugmented = false;
        foreach (var call in Chain(spec))
        {
            var transform = Create(call);
            if (isAugmented && transform.Changes != ChangedRows.Test)
                throw new InvalidDataException(
                    $"{call} would be fitted to images that change at random while they train: put it before what changes them."
                );
            isAugmented |= transform.Changes == ChangedRows.Training;
            shape = transform.Shape(shape);
        }
        return shape;
    }

    /// <summary>
    /// Why a data set has too few rows to be split as a run's parameters say, as the key of the parameter to change and a sentence; null
    /// where it has enough.
    /// </summary>
    /// <param name="data">The decoded data set.</param>
    /// <param name="spec">The parameters that <see cref="Reads"/> names.</param>
    /// <param name="rows">The number of rows of each split.</param>
    public static (string Key, string Sentence)? Misfit(
        PreparedData data,
        Parameters spec,
        out (int Training, int Validation, int Test) rows
    )
    {
        var split = Split.Drawn(data, spec);
        rows = (split.Training.Length, split.Validation.Length, split.Test.Length);
        return split.Misfit(data.Header, data.Labels);
    }

    /// <summary>What preparing a data set would do to new rows.</summary>
    /// <param name="data">The decoded data set: rows × features.</param>
    /// <param name="spec">The parameters that <see cref="Reads"/> names.</param>
    /// <exception cref="InvalidDataException">A split would be empty, or a transform can't be done on these data.</exception>
    public static FittedPreprocessing Fit(PreparedData data, Parameters spec)
    {
        var split = Split.Of(data, spec);
        var chain = FittedChain.Fit(data, split.Training, Chain(spec).Select(Create));
        return new(chain.Steps, data.Header.Bytes && chain.KeepsBytes, split.Test);
    }

    /// <summary>Prepares a data set.</summary>
    /// <param name="data">The decoded data set: rows × features.</param>
    /// <param name="spec">The parameters that <see cref="Reads"/> names.</param>
    /// <param name="target">Where the prepared data go; its position must be 0.</param>
    /// <exception cref="InvalidDataException">A split would be empty, or a transform can't be done on these data.</exception>
    public static void Prepare(PreparedData data, Parameters spec, Stream target)
    {
        Shape(spec, data.Header.Shape);
        Prepare(data, Split.Of(data, spec), spec, target);
    }

    /// <summary>As <see cref="Prepare(PreparedData, Parameters, Stream)"/>, with a given split.</summary>
    internal static void Prepare(PreparedData data, Split split, Parameters spec, Stream target)
    {
        var chain = FittedChain.Fit(data, split.Training, Chain(spec).Select(Create));
        int[] others = [.. split.Training, .. split.Validation];
        var labels = new int[others.Length + split.Test.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = data.Labels[i < others.Length ? others[i] : split.Test[i - others.Length]];
        var header = data.Header with
        {
            Shape = chain.Training.Shape,
            ClassNames = null,
            Bytes = data.Header.Bytes && chain.KeepsBytes,
            Training = split.Training.Length,
            Validation = split.Validation.Length,
            Test = split.Test.Length,
            Augmentation = chain.Augmentation,
        };
        var (map, testMap) = header.Bytes
            ? chain.Maps
            : (AffineMap.Identity(header.Features), AffineMap.Identity(header.Features));
        PreparedData.Write(target, header, Single(map), Single(testMap), labels, WriteRows);

        void WriteRows(Stream stream)
        {
            if (!header.Bytes)
            {
                WriteFloats(stream, new(data, others, chain.Steps), header.Features);
                WriteFloats(stream, new(data, split.Test, chain.TestSteps), header.Features);
                return;
            }
            foreach (var row in others)
                stream.Write(data.ByteRow(row));
            foreach (var row in split.Test)
                stream.Write(data.ByteRow(row));
        }
    }

    private static Transform Create(OperationCall call) => TransformCatalogue.Create(call.Name, [.. call.Arguments]);

    private static FeatureMap Single(AffineMap map) =>
        new(Array.ConvertAll(map.Shift, x => (float)x), Array.ConvertAll(map.Scale, x => (float)x));

    private static void WriteFloats(Stream target, BlockedRows rows, int features) =>
        rows.Each(
            (first, block) =>
            {
                var floats = new float[block.Length];
                for (var i = 0; i < floats.Length; i++)
                {
                    floats[i] = (float)block[i];
                    if (!float.IsFinite(floats[i]))
                        throw new InvalidDataException(
                            $"Feature {(i % features) + 1} of a row becomes {block[i]:G3}, which float32 can't hold: scale the data first."
                        );
                }
                target.Write(MemoryMarshal.AsBytes<float>(floats));
            }
        );
}
