using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Stages.Preprocess;

namespace Pipeline.Export.Tests;

/// <summary>Rows as a data set has them become a network's inputs by what is exported alone.</summary>
public sealed class ExportedPreprocessingTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("export-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("none", true, 0)]
    [InlineData("none", false, 0)]
    [InlineData("standardize", true, 0)]
    [InlineData("standardize", false, 0)]
    [InlineData("center+scale_to_range", false, 0)]
    [InlineData("standardize+pca(3)", true, 1e-5)]
    [InlineData("whiten_zca+standardize", false, 1e-5)]
    public void Test_rows_become_what_a_run_is_tested_on(string chain, bool areBytes, double tolerance)
    {
        using var data = Data(areBytes);
        var spec = SampleRows.Spec(chain);
        using var prepared = Prepared(data, spec);

        var files = new ExportedPreprocessing(data, spec).Files.ToDictionary(StringComparer.Ordinal);

        var inputs = Applied(files);
        var expected = TestInputs(prepared);
        Assert.Equal(expected.Length, inputs.Length);
        Assert.All(expected.Zip(inputs), pair => Assert.Equal(pair.First, pair.Second, tolerance));
    }

    [Fact]
    public void New_rows_are_not_shifted_as_test_rows_are()
    {
        using var data = Data(areBytes: false);

        Assert.Equal(
            Files(data, "standardize").Select(file => Digest.Of(file.Value)),
            Files(data, "standardize+shift(2)").Select(file => Digest.Of(file.Value))
        );
    }

    [Fact]
    public void The_description_tells_each_step_and_by_it_the_files_are_found_again()
    {
        using var data = Data(areBytes: true);
        var preprocessing = new ExportedPreprocessing(data, SampleRows.Spec("standardize+pca(3)"));

        Assert.Equal(
            """{"chain":"standardize+pca(3)","row_shape":[6],"dtype":"float64","steps":["affine","linear"]}""",
            JsonText.Of(preprocessing.Json)
        );
        Assert.Equal(
            preprocessing.Files.Select(file => file.Key).Where(name => name != "test_rows.npy"),
            ExportedPreprocessing.FilesOf(new JsonObject { ["preprocessing"] = preprocessing.Json })
        );
        Assert.Empty(ExportedPreprocessing.FilesOf(new JsonObject()));
    }

    [Fact]
    public void Classes_have_the_names_of_the_files_or_their_numbers()
    {
        using var named = Data(areBytes: true, ["ham", "spam"]);
        using var numbered = Data(areBytes: true);

        Assert.Equal(["ham", "spam"], new ExportedPreprocessing(named, SampleRows.Spec("none")).Classes);
        Assert.Equal(["0", "1"], new ExportedPreprocessing(numbered, SampleRows.Spec("none")).Classes);
    }

    [Fact]
    public void Data_that_are_prepared_for_runs_are_the_same_whatever_classes_are_called()
    {
        using var named = Data(areBytes: true, ["ham", "spam"]);
        using var numbered = Data(areBytes: true);

        Assert.Equal(
            PreparedBytes(numbered, SampleRows.Spec("standardize")),
            PreparedBytes(named, SampleRows.Spec("standardize"))
        );
    }

    [Fact]
    public void In_Python_rows_are_mapped_step_by_step()
    {
        using var data = Data(areBytes: false);

        var text = Encoding.UTF8.GetString(
            new ExportedPreprocessing(data, SampleRows.Spec("standardize+pca(3)")).Python("0123456789ab", [3])
        );

        Assert.EndsWith(
            """"
            def preprocess(rows):
                """From rows of shape [rows, 6] to inputs of shape [rows, 3]."""
                rows = numpy.asarray(rows, dtype=numpy.float64).reshape(len(rows), -1)
                rows = (rows - _array("0.shift")) * _array("0.scale")
                rows = (rows - _array("1.mean")) @ _array("1.matrix")
                return rows.astype(numpy.float32).reshape(-1, 3)


            def _array(name):
                return numpy.load(_FOLDER / "preprocessing" / f"{name}.npy")

            """",
            text,
            StringComparison.Ordinal
        );
    }

    private static Dictionary<string, byte[]> Files(PreparedData data, string chain) =>
        new ExportedPreprocessing(data, SampleRows.Spec(chain)).Files.ToDictionary(StringComparer.Ordinal);

    private PreparedData Data(bool areBytes, string[]? names = null) => SampleRows.Of(folder, areBytes, names);

    private PreparedData Prepared(PreparedData data, Parameters spec) =>
        SampleRows.Written(folder, target => Preprocessor.Prepare(data, spec, target));

    private static byte[] PreparedBytes(PreparedData data, Parameters spec)
    {
        using var bytes = new MemoryStream();
        Preprocessor.Prepare(data, spec, bytes);
        return bytes.ToArray();
    }

    private static float[] TestInputs(PreparedData data)
    {
        var header = data.Header;
        var map = data.TestMap;
        var inputs = new float[header.Test * header.Features];
        for (var i = 0; i < inputs.Length; i++)
        {
            var (row, j) = (header.Training + header.Validation + (i / header.Features), i % header.Features);
            var stored = header.Bytes ? data.ByteRow(row)[j] : data.FloatRow(row)[j];
            inputs[i] = (stored - map.Shift[j]) * map.Scale[j];
        }
        return inputs;
    }

    // As preprocess.py does it.
    private static float[] Applied(Dictionary<string, byte[]> files)
    {
        var isSingle = true;
        var rows = Read("test_rows.npy", ref isSingle);
        isSingle = true;
        for (var step = 0; files.ContainsKey($"preprocessing/{step}.shift.npy") || IsLinear(step); step++)
        {
            if (IsLinear(step))
            {
                var (mean, matrix) = (Array(step, "mean"), Array(step, "matrix"));
                var outputs = matrix.Length / mean.Length;
                rows =
                [
                    .. rows.Chunk(mean.Length)
                        .SelectMany(row =>
                            Enumerable
                                .Range(0, outputs)
                                .Select(k => row.Select((x, j) => (x - mean[j]) * matrix[(j * outputs) + k]).Sum())
                        ),
                ];
                continue;
            }
            var (shift, scale) = (Array(step, "shift"), Array(step, "scale"));
            for (var i = 0; i < rows.Length; i++)
            {
                var j = i % shift.Length;
                rows[i] = isSingle
                    ? ((float)rows[i] - (float)shift[j]) * (float)scale[j]
                    : (rows[i] - shift[j]) * scale[j];
            }
        }
        return System.Array.ConvertAll(rows, value => (float)value);

        bool IsLinear(int step) => files.ContainsKey($"preprocessing/{step}.mean.npy");

        double[] Array(int step, string name) => Read($"preprocessing/{step}.{name}.npy", ref isSingle);

        double[] Read(string name, ref bool areSingle)
        {
            var bytes = files[name];
            var start = 10 + BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
            var header = Encoding.ASCII.GetString(bytes, 0, start);
            var values = bytes[start..];
            areSingle = !header.Contains("<f8", StringComparison.Ordinal);
            return header.Contains("|u1", StringComparison.Ordinal)
                    ? System.Array.ConvertAll(values, value => (double)value)
                : areSingle
                    ? [.. values.Chunk(4).Select(value => (double)BinaryPrimitives.ReadSingleLittleEndian(value))]
                : [.. values.Chunk(8).Select(value => BinaryPrimitives.ReadDoubleLittleEndian(value))];
        }
    }
}
