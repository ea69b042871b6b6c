using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pipeline.Networks.Activations;
using Pipeline.Networks.Descriptions;
using Pipeline.Networks.Initializers;
using Pipeline.Networks.Losses;
using Pipeline.Networks.Normalizations;
using Pipeline.Networks.Optimizers;
using Pipeline.Networks.Schedules;
using Pipeline.Numerics;
using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>What the tests share: operations found in the catalogues, random numbers, digests.</summary>
internal static class Samples
{
    public static readonly OptimizerSettings Sgd = new(Operation.Of("sgd", 0.9));
    public static readonly Operation CrossEntropy = Operation.Of("softmax_cross_entropy");

    public static IEnumerable<Operation> Activations =>
        SampleNetworks.Calls(ActivationCatalogue.Names, ActivationCatalogue.Parameters);

    public static IEnumerable<Operation> Normalizations =>
        SampleNetworks.Calls(NormalizationCatalogue.Names, NormalizationCatalogue.Parameters);

    public static IEnumerable<Operation> Initializers =>
        SampleNetworks.Calls(InitializerCatalogue.Names, InitializerCatalogue.Parameters);

    public static IEnumerable<Operation> Optimizers =>
        SampleNetworks.Calls(OptimizerCatalogue.Names, OptimizerCatalogue.Parameters);

    public static IEnumerable<Operation> Schedules =>
        SampleNetworks.Calls(ScheduleCatalogue.Names, ScheduleCatalogue.Parameters);

    public static IEnumerable<Operation> Losses => SampleNetworks.Calls(LossCatalogue.Names, LossCatalogue.Parameters);

    /// <summary>Every sample network.</summary>
    public static TheoryData<string> Networks() => [.. SampleNetworks.All.Select(sample => sample.Name)];

    public static MlpDescription Mlp(
        int inputs = 5,
        int depth = 2,
        int width = 9,
        int classes = 4,
        string activation = "tanh",
        string initialization = "he_normal",
        string normalization = "none"
    ) =>
        new(
            inputs,
            depth,
            width,
            classes,
            Operation.Of(activation),
            Operation.Of(initialization),
            Operation.Of(normalization)
        );

    public static CnnDescription Cnn(FeatureShape image, int depth = 2, int width = 6, string normalization = "none") =>
        new(
            image,
            depth,
            width,
            Classes: 4,
            Operation.Of("tanh"),
            Operation.Of("he_normal"),
            Operation.Of(normalization)
        );

    public static ResMlpDescription ResMlp(int depth = 1, int width = 9, string normalization = "none") =>
        new(
            Inputs: 5,
            depth,
            width,
            Classes: 4,
            Operation.Of("tanh"),
            Operation.Of("he_normal"),
            Operation.Of(normalization)
        );

    public static ResCnnDescription ResCnn(
        FeatureShape image,
        int depth = 1,
        int width = 6,
        string normalization = "none"
    ) =>
        new(
            image,
            depth,
            width,
            Classes: 4,
            Operation.Of("tanh"),
            Operation.Of("he_normal"),
            Operation.Of(normalization)
        );

    public static Network Network(NetworkDescription description, int largestBatch, ulong seed = 1) =>
        new(description, InitialWeights.Create(description, seed), Sgd, CrossEntropy, largestBatch);

    /// <summary>Standard normal numbers; each index has its own.</summary>
    public static float[] Normals(int length, uint index = 0)
    {
        var values = new float[length];
        new RandomStream(20, RandomPurpose.Data, index).FillNormal(values);
        return values;
    }

    public static int[] Labels(int rows, int classes) =>
        [.. Enumerable.Range(0, rows).Select(i => ((i * 7) + (i / 3)) % classes)];

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
            $"{what}: {actual.Length} of {expected.Length} elements, which differ from element {at} on."
        );
    }
}
