using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Pipeline.Tests;

/// <summary>A trained network leaves the pipeline whole, and elsewhere it predicts the same.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly Workspace workspace = new();

    public ExportTests() => Use("{kind: mlp, depth: 2, width: 16}", "batch", epochs: 1);

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("{kind: mlp, depth: 2, width: 16}", "batch", "64")]
    [InlineData("{kind: cnn, depth: 2, width: 4}", "none", "1, 8, 8")]
    [InlineData("{kind: rescnn, depth: 2, width: 4}", "batch", "1, 8, 8")]
    public void The_snippet_of_the_README_predicts_what_was_predicted_here(
        string model,
        string normalization,
        string shape
    )
    {
        Use(model, normalization, epochs: 2);
        var id = Train();

        workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded();

        var (run, tensors) = ExportedArray.ReadSafetensors(PathOf("network.safetensors"));
        Assert.Equal(id, run);
        AssertEachTensorIsAFileToo(tensors);
        var (inputs, labels, logits) = (ReadNpy("test_inputs"), ReadNpy("test_labels"), ReadNpy("test_logits"));
        Assert.Equal($"{labels.Shape[0]}, {shape}", string.Join(", ", inputs.Shape));
        Assert.Equal(("<f4", "<i8", "<f4"), (inputs.Type, labels.Type, logits.Type));
        Assert.Equal([labels.Shape[0], 10], logits.Shape);
        AssertRowsBecomeInputs(inputs);
        var description = JsonNode.Parse(workspace.Read("out/network.json"))!;
        Assert.Equal(
            Enumerable.Range(0, 10).Select(label => $"{label}"),
            description["class_names"]!.AsArray().Select(name => (string)name!)
        );
        Assert.Equal(tensors.Keys, description["tensors"]!.AsObject().Select(tensor => tensor.Key));
        Assert.Equal(shape, string.Join(", ", description["input_shape"]!.AsArray()));
        var predictions = Predictions(logits);
        var accuracy =
            (double)predictions.Zip(labels.Integers()).Count(row => row.First == row.Second) / labels.Shape[0];
        Assert.Equal((double)description["metrics"]!["test_accuracy"]!, accuracy);
        Assert.InRange(accuracy, 0.2, 1);
        Assert.Contains("from network import Network", Snippet(), StringComparison.Ordinal);
    }

    [PyTorchTheory]
    [InlineData("{kind: mlp, depth: 2, width: 16}", "batch")]
    [InlineData("{kind: mlp, depth: 2, width: 16}", "batch", "--folded")]
    [InlineData("{kind: cnn, depth: 2, width: 4}", "none")]
    [InlineData("{kind: rescnn, depth: 2, width: 4}", "batch")]
    public void The_snippets_of_the_README_run_in_PyTorch(string model, string normalization, params string[] options)
    {
        Use(model, normalization, epochs: 2);
        workspace.Run(["--target=Export", $"--run={Train()}", "--to=out", .. options]).Succeeded();
        var accuracy = (double)JsonNode.Parse(workspace.Read("out/network.json"))!["metrics"]!["test_accuracy"]!;
        var predictions = Predictions(ReadNpy("test_logits"));

        var lines = Python.Run(Snippet() + Snippet(2) + "print(*predictions.tolist())\n", PathOf(""));

        Assert.Equal(
            [
                string.Create(CultureInfo.InvariantCulture, $"test accuracy {accuracy:0.000000}"),
                string.Join(' ', predictions.Take(5)),
                string.Join(' ', predictions),
            ],
            lines
        );
    }

    [Fact]
    public void An_export_prepares_and_trains_what_it_needs_to_the_same_bytes()
    {
        var id = Train();
        workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded();

        using var fresh = new Workspace();
        fresh.Write("experiments/small.yaml", workspace.Read("experiments/small.yaml"));
        fresh.Run("--target=Export", $"--run={id[..8]}", "--to=out", "--experiment=small.yaml").Succeeded();

        Assert.Equal(Digests(workspace), Digests(fresh));
        Assert.Equal(8 + 2 + 12, Digests(fresh).Count());
        Assert.Empty(fresh.Files("results"));
    }

    [Fact]
    public void An_earlier_export_is_replaced_and_files_of_others_are_left_alone()
    {
        workspace.Run("--target=Export", $"--run={Train()}", "--to=out").Succeeded();
        Assert.Contains("out/tensors/layers.1.normalization.running_var.npy", Names());
        workspace.Write("out/evaluate.py", "mine");
        Use("{kind: mlp, depth: 1, width: 8}", "none", epochs: 1);
        var id = Train();

        workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded();

        string[] tensors = ["layers.0.linear.bias", "layers.0.linear.weight", "output.bias", "output.weight"];
        string[] files =
        [
            "evaluate.py",
            "network.json",
            "network.py",
            "network.safetensors",
            "preprocess.py",
            "preprocessing/0.scale.npy",
            "preprocessing/0.shift.npy",
            .. tensors.Select(name => $"tensors/{name}.npy"),
            "test_inputs.npy",
            "test_labels.npy",
            "test_logits.npy",
            "test_rows.npy",
        ];
        Assert.Equal(files.Select(file => $"out/{file}"), Names());
        Assert.Contains(
            "export: out is up to date\n",
            workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folded_network_has_no_normalizations_and_the_logits_of_the_trained_one()
    {
        var id = Train();
        workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded();
        var logits = ReadNpy("test_logits");

        workspace.Run("--target=Export", $"--run={id}", "--to=out", "--folded").Succeeded();

        string[] layers = ["layers.0.linear", "layers.1.linear", "output"];
        AssertEachTensorIsAFileToo(ExportedArray.ReadSafetensors(PathOf("network.safetensors")).Tensors);
        var description = JsonNode.Parse(workspace.Read("out/network.json"))!;
        Assert.Equal(
            layers.SelectMany(layer => new[] { $"{layer}.weight", $"{layer}.bias" }),
            description["tensors"]!.AsObject().Select(tensor => tensor.Key)
        );
        Assert.DoesNotContain(
            "normalization",
            description["layers"]!.ToJsonString() + workspace.Read("out/network.py"),
            StringComparison.Ordinal
        );
        Assert.Equal(logits.Bytes, ReadNpy("test_logits").Bytes);
        Use("{kind: mlp, depth: 1, width: 8}", "none", epochs: 1);
        Refused("nothing to fold: leave out --folded", $"--run={Train()}", "--to=out", "--folded");
        Assert.Equal(logits.Bytes, ReadNpy("test_logits").Bytes);
    }

    [Fact]
    public void A_diverged_run_is_refused()
    {
        workspace.Edit("experiments/small.yaml", "learning_rate: [0.1]", "learning_rate: [1e9]");
        workspace.Edit("experiments/small.yaml", "normalization: [batch]", "normalization: [none]");
        var id = Train();

        Refused($"Run {id} diverged at step .*: choose a run that completed", $"--run={id}", "--to=out");
        using var fresh = new Workspace();
        fresh.Write("experiments/small.yaml", workspace.Read("experiments/small.yaml"));
        Assert.Contains(
            "diverged at step",
            fresh.Run("--target=Export", $"--run={id}", "--to=out").Error,
            StringComparison.Ordinal
        );
        Assert.False(Path.Exists(fresh.PathOf("out")));
    }

    [Fact]
    public void A_run_that_keeps_its_numbers_in_another_format_is_refused()
    {
        workspace.Edit("experiments/small.yaml", "learning_rate: [0.1]", "learning_rate: [0.1]\n  storage: [bfloat16]");
        var id = Train();

        Refused(
            $"Run {id} keeps its numbers in bfloat16, .*: export the run with storage float32",
            $"--run={id}",
            "--to=out"
        );
        Assert.False(Path.Exists(PathOf("")));
    }

    [Fact]
    public void A_recorded_result_of_other_weights_is_told()
    {
        var id = Train();
        var manifest = Directory
            .EnumerateFiles(workspace.PathOf("cache/ac"), "*", SearchOption.AllDirectories)
            .Single(path => File.ReadAllText(path).Contains("\"stage\":\"train\"", StringComparison.Ordinal));
        Plant(manifest);

        Refused(
            $"cache entry and the code disagree about run {id}: .* is 000000000000 there, but training gave .*--force",
            $"--run={id}",
            "--to=out"
        );

        workspace.Run("--target=Train", "--force").Succeeded();
        workspace.Run("--target=Export", $"--run={id}", "--to=out").Succeeded();
    }

    [Fact]
    public void A_run_that_fails_leaves_nothing()
    {
        workspace.Edit("experiments/small.yaml", "batch_size: 64", "batch_size: 5000");
        var id = Regex
            .Match(
                workspace.Run("--target=Train", "--exclusive").Error,
                "(?<=run )[0-9a-f]{12}(?= of small)",
                RegexOptions.None,
                TimeSpan.FromSeconds(1)
            )
            .Value;

        Refused($"Run {id} failed: batch_size is 5000", $"--run={id}", "--to=out");

        Assert.False(Path.Exists(workspace.PathOf("out")));
    }

    [Theory]
    [InlineData("Export needs --run=<id>", "--to=out")]
    [InlineData("Export needs --to=<folder>", "--run=0123")]
    [InlineData("No run 'ffffffffffff'", "--run=ffffffffffff", "--to=out")]
    [InlineData(@"small\.yaml is a file: name a folder", "--run=0123", "--to=experiments/small.yaml")]
    [InlineData("experiments holds other things than an exported network", "--run=0123", "--to=experiments")]
    [InlineData("--to=http.* name a folder", "--run=0123", "--to=http://localhost/")]
    public void A_wrong_argument(string sentence, params string[] arguments)
    {
        var before = workspace.Files("experiments");

        Refused(sentence, arguments);

        Assert.Equal(before, workspace.Files("experiments"));
        Assert.False(Path.Exists(workspace.PathOf("out")));
    }

    private void Use(string model, string normalization, int epochs)
    {
        var lines = workspace
            .Read("experiments/small.yaml")
            .Split('\n')
            .Select(line =>
                line.Trim().Split(':')[0] switch
                {
                    "model" => $"  model: {model}",
                    "normalization" => $"  normalization: [{normalization}]",
                    "epochs" => $"  epochs: {epochs}",
                    "learning_rate" => "  learning_rate: [0.1]",
                    _ => line,
                }
            );
        workspace.Write("experiments/small.yaml", string.Join('\n', lines));
    }

    /// <summary>Rows as the data set has them, standardized by the exported numbers, are what the network was tested on.</summary>
    private void AssertRowsBecomeInputs(ExportedArray inputs)
    {
        var (rows, shift, scale) = (
            ReadNpy("test_rows"),
            ReadNpy("preprocessing/0.shift").Floats(),
            ReadNpy("preprocessing/0.scale").Floats()
        );
        Assert.Equal(("|u1", $"{inputs.Shape[0]}, 1, 8, 8"), (rows.Type, string.Join(", ", rows.Shape)));
        Assert.Equal(inputs.Floats(), rows.Bytes.Select((x, i) => (x - shift[i % 64]) * scale[i % 64]));
    }

    /// <summary>Trains a single run; its id.</summary>
    private static IReadOnlyList<long> Predictions(ExportedArray logits) =>
        [.. logits.Floats().Chunk(10).Select(row => (long)Array.IndexOf(row, row.Max()))];

    private string Train()
    {
        workspace.Run("--target=Report", "--only=activation=relu", "--set=seeds=1").Succeeded();
        return workspace
            .Read("artifacts/results/seeds=1,only-activation=relu/small/runs.csv")
            .Split('\n')[1]
            .Split(',')[0];
    }

    /// <summary>Gives the result that a manifest names other weights, with right digests everywhere.</summary>
    private static void Plant(string manifest)
    {
        var line = File.ReadAllLines(manifest)[0];
        var output = JsonNode.Parse(line)!["outputs"]!["data"]!;
        var (store, digest) = (Path.GetFullPath("../../../cas", manifest), (string)output["digest"]!);
        var result = File.ReadAllText(Path.Combine(store, digest[..2], digest));
        var planted = Regex.Replace(
            result,
            "\"weights\":\"[0-9a-f]{12}",
            "\"weights\":\"000000000000",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
        Assert.NotEqual(result, planted);
        var other = Digest(planted);
        Directory.CreateDirectory(Path.Combine(store, other[..2]));
        File.WriteAllText(Path.Combine(store, other[..2], other), planted);
        line = line.Replace(digest, other, StringComparison.Ordinal) + "\n";
        File.WriteAllText(manifest, $"{line}sha256:{Digest(line)}\n");

        static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>The lines of Python in the README of exports.</summary>
    private static string Snippet(int number = 1) =>
        File.ReadAllText(Path.Combine(Workspace.Root, "src/Export/README.md"))
            .Split("```python\n")[number]
            .Split("```")[0];

    private void Refused(string sentence, params string[] arguments)
    {
        var outcome = workspace.Run(["--target=Export", .. arguments]);

        Assert.Equal(255, outcome.ExitCode);
        Assert.Matches(
            new Regex($"^Error: .*{sentence}", RegexOptions.Multiline, TimeSpan.FromSeconds(1)),
            outcome.Error
        );
        Assert.DoesNotContain("   at ", outcome.Output + outcome.Error, StringComparison.Ordinal);
    }

    private void AssertEachTensorIsAFileToo(IReadOnlyDictionary<string, ExportedArray> tensors)
    {
        Assert.Equal(tensors.Count, Directory.EnumerateFiles(PathOf("tensors")).Count());
        Assert.All(
            tensors,
            tensor =>
            {
                var file = ExportedArray.ReadNpy(PathOf($"tensors/{tensor.Key}.npy"));
                Assert.Equal(tensor.Value.Type, file.Type);
                Assert.Equal(tensor.Value.Shape, file.Shape);
                Assert.Equal(tensor.Value.Bytes, file.Bytes);
            }
        );
    }

    private static IEnumerable<string> Digests(Workspace workspace) =>
        Directory
            .EnumerateFiles(workspace.PathOf("out"), "*", SearchOption.AllDirectories)
            .Select(path =>
                $"{Path.GetRelativePath(workspace.Folder, path)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))}"
            )
            .Order(StringComparer.Ordinal);

    private IEnumerable<string> Names() => workspace.Files("out").Select(file => $"out/{file.Name}");

    private string PathOf(string file) => workspace.PathOf(Path.Combine("out", file));

    private ExportedArray ReadNpy(string name) => ExportedArray.ReadNpy(PathOf($"{name}.npy"));
}
