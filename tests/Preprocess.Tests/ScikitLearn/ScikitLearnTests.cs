using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Pipeline.Stages.Preprocess;
using Pipeline.Stages.Preprocess.DataSets;

namespace Pipeline.Preprocess.Tests.ScikitLearn;

/// <summary>
/// Results agree with scikit-learn's StandardScaler, MinMaxScaler, PCA and its whitening, which
/// <c>golden.py</c> wrote down.
/// </summary>
public sealed class ScikitLearnTests : IDisposable
{
    /// <summary>In parts of the root mean square of all outputs.</summary>
    private const double Tolerance = 1e-6;

    private readonly Preparation preparation = new();

    public static TheoryData<string, string> Cases
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var row in Table())
                all.Add(row["data"], row["chain"]);
            return all;
        }
    }

    public void Dispose() => preparation.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_chain_agrees_with_scikit_learn(string name, string chain)
    {
        var row = Table().Single(r => r["data"] == name && r["chain"] == chain);
        var (rows, training, features, outputs, rank) = (
            Number("rows"),
            Number("training"),
            Number("features"),
            Number("outputs"),
            Number("rank")
        );
        var expected = Floats(row["file"]);
        var data = new DataSet
        {
            Shape = [features],
            Classes = 2,
            Floats = Floats($"{name}.f32"),
            Labels = new int[rows],
        };
        var split = new Split(
            [.. Enumerable.Range(0, training)],
            [training],
            [.. Enumerable.Range(training + 1, rows - training - 1)]
        );

        var prepared = preparation.Prepare(data, split, chain);

        Assert.Equal(outputs, prepared.Header.Features);
        var limit = Tolerance * Math.Sqrt(expected.Average(x => (double)x * x));
        // Directions without variance may be turned among each other: there, only the length is defined.
        var defined = IsRotated(chain) ? Math.Min(rank, outputs) : outputs;
        for (var i = 0; i < rows; i++)
        {
            var x = expected.AsSpan(i * outputs, outputs);
            var y = prepared.FloatRow(i);
            for (var j = 0; j < defined; j++)
                Assert.Equal(x[j], y[j], limit);
            Assert.Equal(Norm(x[defined..]), Norm(y[defined..]), limit);
        }

        int Number(string column) => int.Parse(row[column], CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Bytes_agree_as_floats_do()
    {
        var row = Table().Single(r => r["data"] == "digits" && r["chain"] == "standardize");
        var expected = Floats(row["file"]);
        var data = new DataSet
        {
            Shape = [1, 8, 8],
            Classes = 2,
            Bytes = Array.ConvertAll(Floats("digits.f32"), x => (byte)x),
            Labels = new int[120],
        };

        var prepared = preparation.Prepare(
            data,
            new([.. Enumerable.Range(0, 100)], [100], [.. Enumerable.Range(101, 19)]),
            "standardize"
        );

        Assert.True(prepared.Header.Bytes, "the rows stay bytes");
        var limit = Tolerance * Math.Sqrt(expected.Average(x => (double)x * x));
        for (var i = 0; i < 120; i++)
        {
            for (var j = 0; j < 64; j++)
                Assert.Equal(
                    expected[(i * 64) + j],
                    (prepared.ByteRow(i)[j] - prepared.Map.Shift[j]) * prepared.Map.Scale[j],
                    limit
                );
        }
    }

    // whiten_zca turns back what it turned.
    private static bool IsRotated(string chain) =>
        chain.Contains("pca", StringComparison.Ordinal) || chain == "decorrelate";

    private static double Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += (double)value * value;
        return Math.Sqrt(sum);
    }

    private static IEnumerable<Dictionary<string, string>> Table()
    {
        using var reader = new StreamReader(Open("cases.csv"), Encoding.UTF8);
        var header = Fields(reader.ReadLine()!);
        while (reader.ReadLine() is { } line)
            yield return header
                .Zip(Fields(line))
                .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
    }

    // Fields with commas stand in quotes.
    private static string[] Fields(string line) =>
        [
            .. line.Split('"')
                .SelectMany(
                    (part, i) => i % 2 == 1 ? [part] : part.Trim(',').Split(',', StringSplitOptions.RemoveEmptyEntries)
                ),
        ];

    private static float[] Floats(string name)
    {
        using var stream = Open(name);
        var floats = new float[stream.Length / sizeof(float)];
        stream.ReadExactly(MemoryMarshal.AsBytes(floats.AsSpan()));
        return floats;
    }

    private static Stream Open(string name) =>
        typeof(ScikitLearnTests).Assembly.GetManifestResourceStream($"ScikitLearn/{name}")!;
}
