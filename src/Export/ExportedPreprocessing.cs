using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.Transforms;

namespace Pipeline.Export;

/// <summary>
/// What a network needs around it to be given new rows: the fitted preprocessing, the names of its classes, and its test rows as the data
/// set has them, to try both with.
/// </summary>
internal sealed class ExportedPreprocessing
{
    private const string Folder = "preprocessing";
    private const string Affine = "affine";
    private const string Linear = "linear";

    // Each step's kind, and its arrays by name.
    private readonly IReadOnlyList<(string Kind, (string Name, byte[] Npy)[] Arrays)> steps;
    private readonly byte[] testRows;
    private readonly string chain;
    private readonly bool isSingle;

    /// <summary>Fits a run's preprocessing.</summary>
    /// <param name="data">The decoded data set.</param>
    /// <param name="spec">Every parameter of the run.</param>
    public ExportedPreprocessing(PreparedData data, Parameters spec)
    {
        var fitted = Preprocessor.Fit(data, spec.Where(Preprocessor.Reads));
        (chain, isSingle) = (spec.Text("preprocessing"), fitted.IsSingle);
        steps = [.. fitted.Steps.Select(Step)];
        Shape = data.Header.Shape;
        Classes =
        [
            .. data.Header.ClassNames
                ?? Enumerable.Range(0, data.Header.Classes).Select(label => CanonicalJson.Number(label)),
        ];
        testRows = Rows(data, fitted.TestRows);
    }

    /// <summary>The shape of a row of the data set.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The names of the classes, in the order of the logits: those that the data set's files have, else their numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The arrays of the steps and the test rows: bytes by the file's name.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Files =>
        [
            .. steps.SelectMany(
                (step, i) => step.Arrays.Select(array => KeyValuePair.Create(PathOf(i, array.Name), array.Npy))
            ),
            new("test_rows.npy", testRows),
        ];

    /// <summary>The preprocessing as a member of the network's description.</summary>
    public JsonObject Json =>
        new()
        {
            ["chain"] = chain,
            ["row_shape"] = new JsonArray([.. Shape]),
            ["dtype"] = isSingle ? "float32" : "float64",
            ["steps"] = new JsonArray([.. steps.Select(step => JsonValue.Create(step.Kind))]),
        };

    /// <summary>The names of the files of the steps that a description names.</summary>
    public static IEnumerable<string> FilesOf(JsonNode? description) =>
        description?[Folder]?["steps"] is JsonArray steps
            ? steps.SelectMany(
                (step, i) =>
                    (step?.GetValue<string>()) switch
                    {
                        Affine => new[] { PathOf(i, "shift"), PathOf(i, "scale") },
                        Linear => [PathOf(i, "mean"), PathOf(i, "matrix")],
                        _ => [],
                    }
            )
            : [];

    /// <summary>The preprocessing as a function in Python.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="inputs">The shape of the network's inputs.</param>
    public byte[] Python(string run, IReadOnlyList<int> inputs)
    {
        var type = isSingle ? "float32" : "float64";
        var maps = string.Concat(
            steps.Select(
                (step, i) =>
                    step.Kind == Affine
                        ? $"    rows = (rows - _array(\"{i}.shift\")) * _array(\"{i}.scale\")\n"
                        : $"    rows = (rows - _array(\"{i}.mean\")) @ _array(\"{i}.matrix\")\n"
            )
        );
        return Encoding.UTF8.GetBytes(
            $$""""
            """What makes inputs of the network of run {{run}} of rows such as its data set has.

            The arrays in preprocessing/ were fitted on its training split. CLASSES are the names of the classes, in the order of the logits.
            """

            import json
            import pathlib

            import numpy

            _FOLDER = pathlib.Path(__file__).parent
            CLASSES = json.loads((_FOLDER / "{{ExportedFiles.Description}}").read_text(encoding="utf-8"))["class_names"]


            def preprocess(rows):
                """From rows of shape [rows, {{string.Join(", ", Shape)}}] to inputs of shape [rows, {{string.Join(
                ", ",
                inputs
            )}}]."""
                rows = numpy.asarray(rows, dtype=numpy.{{type}}).reshape(len(rows), -1)
            {{maps}}    return rows.astype(numpy.float32).reshape(-1, {{string.Join(", ", inputs)}})


            def _array(name):
                return numpy.load(_FOLDER / "{{Folder}}" / f"{name}.npy")

            """"
        );
    }

    private (string Kind, (string Name, byte[] Npy)[] Arrays) Step(FittedTransform step) =>
        step switch
        {
            AffineMap map => (Affine, [("shift", Array(map.Shift)), ("scale", Array(map.Scale))]),
            LinearMap map => (
                Linear,
                [("mean", Array(map.Mean)), ("matrix", NpyFile.Encode([map.Mean.Length, map.Outputs], map.Matrix))]
            ),
            var other => throw new NotSupportedException($"a {other.GetType().Name} has no form in a file yet."),
        };

    private byte[] Array(double[] values) =>
        isSingle
            ? NpyFile.Encode([values.Length], System.Array.ConvertAll(values, value => (float)value))
            : NpyFile.Encode([values.Length], values);

    private static byte[] Rows(PreparedData data, IReadOnlyList<int> rows)
    {
        int[] shape = [rows.Count, .. data.Header.Shape];
        var features = data.Header.Features;
        if (data.Header.Bytes)
        {
            var bytes = new byte[rows.Count * features];
            for (var i = 0; i < rows.Count; i++)
                data.ByteRow(rows[i]).CopyTo(bytes.AsSpan(i * features));
            return NpyFile.Encode(shape, bytes);
        }
        var floats = new float[rows.Count * features];
        for (var i = 0; i < rows.Count; i++)
            data.FloatRow(rows[i]).CopyTo(floats.AsSpan(i * features));
        return NpyFile.Encode(shape, floats);
    }

    private static string PathOf(int step, string array) => $"{Folder}/{step}.{array}.npy";
}
