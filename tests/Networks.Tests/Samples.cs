using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipeline.Numerics;

namespace Pipeline.Networks.Tests;

/// <summary>What the tests share: operations found in the catalogues, random numbers, digests.</summary>
internal static class Samples
{
    public static readonly Operation Sgd = Operation.Of("sgd", 0.9);
    public static readonly Operation CrossEntropy = Operation.Of("softmax_cross_entropy");

    public static IEnumerable<Operation> Activations => ActivationCatalogue.Names.Select(name => Call(name, ActivationCatalogue.Parameters(name)));

    public static IEnumerable<Operation> Normalizations =>
        NormalizationCatalogue.Names.Select(name => Call(name, NormalizationCatalogue.Parameters(name)));

    public static IEnumerable<Operation> Initializers => InitializerCatalogue.Names.Select(name => Call(name, InitializerCatalogue.Parameters(name)));

    public static IEnumerable<Operation> Optimizers => OptimizerCatalogue.Names.Select(name => Call(name, OptimizerCatalogue.Parameters(name)));

    public static IEnumerable<Operation> Losses => LossCatalogue.Names.Select(name => Call(name, LossCatalogue.Parameters(name)));

    /// <summary>Every activation with every normalization.</summary>
    public static TheoryData<string, string> Combinations()
    {
        var combinations = new TheoryData<string, string>();
        foreach (var activation in ActivationCatalogue.Names)
        {
            foreach (var normalization in NormalizationCatalogue.Names)
                combinations.Add(activation, normalization);
        }
        return combinations;
    }

    public static MlpDescription Mlp(
        int inputs = 5, int depth = 2, int width = 9, int classes = 4, string activation = "tanh", string initialization = "he_normal",
        string normalization = "none") =>
        new(inputs, depth, width, classes, Operation.Of(activation), Operation.Of(initialization), Operation.Of(normalization));

    public static Network Network(NetworkDescription description, int largestBatch, ulong seed = 1) =>
        new(description, InitialWeights.Create(description, seed), Sgd, CrossEntropy, largestBatch);

    /// <summary>Standard normal numbers; each index has its own.</summary>
    public static float[] Normals(int length, uint index = 0)
    {
        var values = new float[length];
        new RandomStream(20, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    public static int[] Labels(int rows, int classes) => [.. Enumerable.Range(0, rows).Select(i => ((i * 7) + (i / 3)) % classes)];

    public static string DigestOf(Network network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in network.Tensors())
            hash.AppendData(MemoryMarshal.AsBytes<float>(tensor.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        var at = MemoryMarshal.Cast<float, int>(expected).CommonPrefixLength(MemoryMarshal.Cast<float, int>(actual));
        Assert.True(
            at == expected.Length && at == actual.Length,
            $"{what}: {actual.Length} of {expected.Length} elements, which differ from element {at} on.");
    }

    private static Operation Call(string name, IReadOnlyList<(string Name, double? Default)> parameters) =>
        new(name, [.. parameters.Select(p => p.Default ?? 0.5)]);
}
