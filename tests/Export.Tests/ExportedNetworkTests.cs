using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Pipeline.Artifacts;
using Pipeline.Flow;
using Pipeline.Networks.Descriptions;
using Pipeline.Numerics;
using Pipeline.Stages.Train;
using Pipeline.Tests;

namespace Pipeline.Export.Tests;

/// <summary>
/// Every kind of layer and every operation of the catalogues can be exported; PyTorch, where it is
/// there, makes the same of it.
/// </summary>
public sealed class ExportedNetworkTests : IDisposable
{
    private const double Tolerance = 1e-5;

    // A value that lies between two entries of the table may go to either.
    private const double ToleranceOfTables = 0.01;

    private readonly string folder = Directory.CreateTempSubdirectory("networks-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [PyTorchFact]
    public void PyTorch_makes_the_same_of_every_network()
    {
        SampleNetwork[] samples =
        [
            .. SampleNetworks.All.Where(sample =>
                ShippedOperations
                    .Activations.Append("sigmoid_table")
                    .Contains(sample.Description.Activation.Name, StringComparer.Ordinal)
                && ShippedOperations.Normalizations.Contains(
                    sample.Description.Normalization.Name,
                    StringComparer.Ordinal
                )
            ),
        ];
        foreach (var (sample, i) in samples.Select((sample, i) => (sample, i)))
        {
            var files = ExportedFiles.Of(Run, Completed, Trained(sample), SampleRows.AsTheyAre());
            Assert.Contains(
                "class Network(nn.Sequential):",
                Encoding.UTF8.GetString(files["network.py"]),
                StringComparison.Ordinal
            );
            ResultsFolder.Install(Path.Combine(folder, $"{i:000}"), files, []);
        }
        var lines = Python.Run(ReadScript(), folder);

        Assert.Equal(samples.Length, lines.Length);
        Assert.All(
            samples.Zip(lines),
            pair =>
            {
                var (sample, line) = pair;
                var numbers = line.Split(' ')
                    .Skip(1)
                    .Select(number => double.Parse(number, CultureInfo.InvariantCulture))
                    .ToArray();
                var tolerance = sample.Name.Contains("sigmoid_table", StringComparison.Ordinal)
                    ? ToleranceOfTables
                    : Tolerance;
                Assert.True(numbers[0] <= tolerance && numbers[1] == 1, $"{sample.Name}: {line}");
            }
        );
    }

    [Fact]
    public void The_module_of_a_small_network()
    {
        var description = new ResCnnDescription(
            new(2, 4, 4),
            2,
            3,
            5,
            Operation.Of("leaky_relu", 0.2),
            Operation.Of("zeros"),
            Operation.Of("rms")
        )
        {
            Dropout = 0.25,
            IsAffine = false,
        };

        var text = Encoding.UTF8.GetString(NetworkPython.Encode("0123456789ab", description));

        Assert.StartsWith("\"\"\"The network of run 0123456789ab.\n", text, StringComparison.Ordinal);
        Assert.EndsWith(
            """
            class Network(nn.Sequential):
                '''From inputs of shape [rows, 2, 4, 4] to logits of shape [rows, 5].'''

                def __init__(self):
                    super().__init__(OrderedDict(
                        stem=named(
                            convolution=nn.Conv2d(2, 3, 3, padding=1),
                            normalization=RmsNorm(3, affine=False),
                            activation=nn.LeakyReLU(negative_slope=0.2),
                        ),
                        blocks=nn.Sequential(
                            Residual(
                                body=nn.Sequential(
                                    named(
                                        convolution=nn.Conv2d(3, 3, 3, padding=1),
                                        normalization=RmsNorm(3, affine=False),
                                        activation=nn.LeakyReLU(negative_slope=0.2),
                                    ),
                                    named(
                                        convolution=nn.Conv2d(3, 3, 3, padding=1),
                                        normalization=RmsNorm(3, affine=False),
                                    ),
                                ),
                                shortcut=nn.Identity(),
                                activation=nn.LeakyReLU(negative_slope=0.2),
                            ),
                            Residual(
                                body=nn.Sequential(
                                    named(
                                        convolution=nn.Conv2d(3, 6, 3, stride=2, padding=1),
                                        normalization=RmsNorm(6, affine=False),
                                        activation=nn.LeakyReLU(negative_slope=0.2),
                                    ),
                                    named(
                                        convolution=nn.Conv2d(6, 6, 3, padding=1),
                                        normalization=RmsNorm(6, affine=False),
                                    ),
                                ),
                                shortcut=named(
                                    convolution=nn.Conv2d(3, 6, 1, stride=2),
                                    normalization=RmsNorm(6, affine=False),
                                ),
                                activation=nn.LeakyReLU(negative_slope=0.2),
                            ),
                        ),
                        pooling=nn.Sequential(
                            nn.AdaptiveAvgPool2d(1),
                            nn.Flatten(),
                        ),
                        output_dropout=nn.Dropout(0.25),
                        output=nn.Linear(6, 5),
                    ))

            """.Replace("'''", "\"\"\"", StringComparison.Ordinal),
            text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_image_of_a_single_pixel_is_still_an_image()
    {
        var description = new ResCnnDescription(
            new(1, 4, 4),
            4,
            2,
            3,
            Operation.Of("relu"),
            Operation.Of("zeros"),
            Operation.Of("layer")
        );

        var shapes = ExportedLayer.Of(description.Layers()).Select(layer => string.Join('×', layer.Shape));

        Assert.Equal(
            [
                "1×4×4",
                "2×4×4",
                "2×4×4",
                "2×4×4",
                "2×4×4",
                "2×4×4",
                "4×2×2",
                "4×2×2",
                "8×1×1",
                "8×1×1",
                "16×1×1",
                "16×1×1",
                "16",
            ],
            shapes
        );
        Assert.Contains(
            "normalization=nn.GroupNorm(1, 16),",
            Encoding.UTF8.GetString(NetworkPython.Encode("", description)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_description_of_a_small_network()
    {
        var network = Trained(SampleNetworks.All.First(sample => sample.Name == "cnn average pooling, dropout"));

        var json = Encoding.UTF8.GetString(
            NetworkJson.Encode(
                Run,
                Completed,
                network,
                ["a", "b", "c", "d", "ä \"e\""],
                new JsonObject { ["chain"] = "none" }
            )
        );

        Assert.Equal(
            """
            {
              "run": "RUN",
              "input_shape": [2,7,6],
              "classes": 5,
              "class_names": ["a","b","c","d","ä \"e\""],
              "preprocessing": {"chain":"none"},
              "layers": [
                {"kind":"convolution","name":"stages.0.convolution","shape":[2,7,6],"inputs":2,"outputs":5,"kernel":5,"stride":1,"padding":2,"bias":true},
                {"kind":"normalization","name":"stages.0.normalization","shape":[5,7,6],"op":"none","arguments":{},"affine":true},
                {"kind":"activation","name":"stages.0.activation","shape":[5,7,6],"op":"tanh","arguments":{}},
                {"kind":"pooling","name":"stages.0.pooling","shape":[5,7,6],"op":"average","window":2,"stride":2},
                {"kind":"flatten","name":"flatten","shape":[5,3,3]},
                {"kind":"dropout","name":"output.dropout","shape":[45],"rate":0.3},
                {"kind":"linear","name":"output","shape":[45],"inputs":45,"outputs":5,"bias":true}
              ],
              "tensors": {
                "stages.0.convolution.weight": [5,2,5,5],
                "stages.0.convolution.bias": [5],
                "output.weight": [5,45],
                "output.bias": [5]
              },
              "parameters": {
                "activation": "tanh",
                "seed": 3
              },
              "metrics": {
                "test_accuracy": 0.5,
                "test_loss": 1E-05
              }
            }

            """.Replace("RUN", Run.Id, StringComparison.Ordinal),
            json
        );
        Assert.Equal(network.Tensors.Select(tensor => tensor.Name), NetworkJson.TensorNames(JsonNode.Parse(json)));
    }

    private static PlannedRun Run { get; } =
        new(0, 3, Parameters.Of([new("seed", Scalar.Of(3L)), new("activation", Scalar.Of("tanh"))]));

    private static RunResult Completed { get; } =
        new()
        {
            Outcome = RunOutcome.Completed,
            Steps = 2,
            Metrics = new(StringComparer.Ordinal) { ["test_accuracy"] = 0.5, ["test_loss"] = 1e-5 },
            Curves = new(StringComparer.Ordinal),
        };

    /// <summary>A sample network after some steps, which move weights, scales, shifts and running statistics.</summary>
    [Theory]
    [InlineData(1, "HardThreshold()")]
    [InlineData(0.5, "HardThreshold(slope=0.5)")]
    public void A_step_keeps_the_slope_of_its_estimate(double slope, string expected)
    {
        var sample = SampleNetworks.All[0];
        var description = sample.Description with { Activation = Operation.Of("hard_threshold", slope) };
        var files = ExportedFiles.Of(
            Run,
            Completed,
            Trained(sample with { Description = description }),
            SampleRows.AsTheyAre()
        );

        Assert.Contains(
            $"activation={expected}",
            Encoding.UTF8.GetString(files["network.py"]),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_infers_by_the_statistics_of_a_batch_has_no_form_in_a_file()
    {
        var sample = SampleNetworks.All.First(sample => sample.Description.Normalization.Name == "batch");
        var description = sample.Description with { InfersByBatch = true };

        var e = Assert.Throws<NotSupportedException>(() =>
            ExportedFiles.Of(Run, Completed, Trained(sample with { Description = description }), SampleRows.AsTheyAre())
        );
        Assert.EndsWith("train it with inference_statistics: running.", e.Message, StringComparison.Ordinal);
    }

    internal static TrainedNetwork Trained(SampleNetwork sample, int steps = 2)
    {
        var (inputs, classes) = (sample.Description.Input.Values, sample.Description.Classes);
        int[] labels = [.. Enumerable.Range(0, SampleNetwork.Rows).Select(i => i % classes)];
        var network = sample.Build();
        for (var step = 0; step < steps; step++)
            network.TrainStep(Normals((uint)step), labels, 0.05f);
        var logits = new float[SampleNetwork.Rows * classes];
        var inputsOfTest = Normals((uint)steps);
        network.Logits(inputsOfTest, logits);
        return new(sample.Description, network.Tensors(), inputsOfTest, labels, logits);

        float[] Normals(uint index)
        {
            var values = new float[SampleNetwork.Rows * inputs];
            new RandomStream(20, RandomPurpose.Data, index).FillNormal(values);
            return values;
        }
    }

    private static string ReadScript()
    {
        using var reader = new StreamReader(
            typeof(ExportedNetworkTests).Assembly.GetManifestResourceStream("compare.py")!
        );
        return reader.ReadToEnd();
    }
}
