using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Layers;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

public sealed class LayerChainTests
{
    private const int Rows = SampleNetwork.Rows;

    public static TheoryData<string> Networks() => Samples.Networks();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Pieces_of_any_size_give_the_bits_of_whole_batches(string name)
    {
        var sample = SampleNetworks.Get(name);
        var expected = Pass(sample, pieceLength: int.MaxValue, watch: false);
        foreach (var rows in new[] { 1, 5 })
        {
            var longest = sample.Description.Layers().Max(layer => layer.Output.Values);
            AssertSame(
                expected,
                Pass(sample, pieceLength: rows * longest, watch: false),
                $"pieces of {rows} rows or fewer"
            );
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Layers_that_are_taken_together_give_the_bits_of_each_by_itself(string name)
    {
        var sample = SampleNetworks.Get(name);
        AssertSame(Pass(sample, pieceLength: 1, watch: true), Pass(sample, pieceLength: 1, watch: false), "together");
    }

    [Theory]
    [InlineData("cnn pooled relu", 3)] // with the pooling
    [InlineData("mlp wide relu", 2)]
    [InlineData("mlp batch after activation", null)]
    [InlineData("cnn batch(0.1,1E-05)", null)]
    public void Normalization_quick_activation_and_pooling_are_taken_together(string name, int? together)
    {
        var layers = SampleNetworks.Get(name).Description.Layers();
        var memory = MemoryOf(layers, pieceLength: 1);
        LayerChain.Step[] steps =
        [
            .. layers.Skip(1).Select(layer => new LayerChain.Step(NetworkLayer.Create(layer, memory), layer, default)),
        ];
        Assert.Equal(together, UnitLayer.TryCreate(steps, memory)?.Layers);
    }

    [Theory]
    [InlineData("cnn pooled relu")]
    [InlineData("mlp wide relu")]
    public void What_is_not_a_number_shows_in_layers_that_are_taken_together(string name)
    {
        var layers = SampleNetworks.Get(name).Description.Layers();
        var memory = MemoryOf(layers, pieceLength: 1);
        var chain = new LayerChain([.. layers.SkipLast(1)], memory);
        var x = Samples.Normals(Rows * chain.Inputs);
        (x[3], x[^7]) = (float.NaN, float.PositiveInfinity);
        var together = chain.Infer(x, Rows).ToArray();
        memory.Editor = (_, _) => { };
        var apart = chain.Infer(x, Rows).ToArray();

        Assert.Equal(apart, together);
        Assert.InRange(together.Count(float.IsNaN), 1, together.Length - 1);
    }

    private static LayerMemory MemoryOf(IReadOnlyList<LayerDescription> layers, int pieceLength)
    {
        var descriptions = layers.SelectMany(layer => layer.Tensors()).ToArray();
        var initial = descriptions
            .Select(
                (tensor, i) =>
                    new NamedTensor(
                        tensor.Name,
                        tensor.Shape,
                        // Variances are not negative.
                        tensor.Name.EndsWith("running_var", StringComparison.Ordinal)
                            ? [.. Samples.Normals(tensor.Length, (uint)i).Select(Math.Abs)]
                            : Samples.Normals(tensor.Length, (uint)i)
                    )
            )
            .ToArray();
        return new(new NetworkTensors(descriptions, initial), Rows, Seed: 1) { PieceLength = pieceLength };
    }

    /// <summary>All that a chain gives in two passes, inference at the end.</summary>
    private static Dictionary<string, float[]> Pass(SampleNetwork sample, int pieceLength, bool watch)
    {
        var layers = sample.Description.Layers();
        var memory = MemoryOf(layers, pieceLength);
        var chain = new LayerChain(layers, memory);
        if (watch)
            memory.Observer = (_, _, _, _, _) => { };
        var x = Samples.Normals(Rows * chain.Inputs);
        var dx = new float[x.Length];
        var seen = new Dictionary<string, float[]>(StringComparer.Ordinal);
        foreach (var rows in new[] { Rows, Rows - 1 })
        {
            var part = x[..(rows * chain.Inputs)];
            seen[$"y of {rows}"] = chain.Forward(part, rows, step: 1).ToArray();
            chain.Backward(part, Samples.Normals(rows * chain.Outputs, index: 9), rows, dx);
            seen[$"dx of {rows}"] = [.. dx];
            foreach (var tensor in layers.SelectMany(layer => layer.Tensors()))
                seen[$"{tensor.Name} after {rows}"] =
                [
                    .. memory.Tensors.Values(tensor.Name).Span,
                    .. tensor.IsTrained ? memory.Tensors.Gradient(tensor.Name).Span : [],
                ];
        }
        seen["inferred"] = chain.Infer(x, Rows).ToArray();
        return seen;
    }

    private static void AssertSame(
        Dictionary<string, float[]> expected,
        Dictionary<string, float[]> actual,
        string what
    )
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (name, values) in expected)
            Samples.AssertSameBits(values, actual[name], $"{name}, {what}");
    }
}
