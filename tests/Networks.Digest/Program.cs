using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Pipeline.Networks;

// Trains every activation with every normalization for a few steps and prints the digest of the weights: a child process
// of the tests, started under each of the runtime's instruction-set switches. The first line is what it sees of the machine.
string[] sets =
[
    .. Vector128.IsHardwareAccelerated ? ["Vector128"] : Array.Empty<string>(),
    .. Vector256.IsHardwareAccelerated ? ["Vector256"] : Array.Empty<string>(),
    .. Vector512.IsHardwareAccelerated ? ["Vector512"] : Array.Empty<string>(),
    .. Avx2.IsSupported ? ["Avx2"] : Array.Empty<string>(),
    .. Avx512F.IsSupported ? ["Avx512F"] : Array.Empty<string>(),
];
Console.WriteLine($"sets: {string.Join(' ', sets)}");

const int inputs = 13, width = 24, classes = 5, rows = 12, steps = 3;
var x = Enumerable.Range(0, rows * inputs).Select(i => ((i * 37 % 101) - 50) / 32f).ToArray();
var labels = Enumerable.Range(0, rows).Select(i => i * 7 % classes).ToArray();
foreach (var activation in ActivationCatalogue.Names)
{
    foreach (var normalization in NormalizationCatalogue.Names)
    {
        var description = new MlpDescription(
            inputs, Depth: 2, width, classes, Operation.Of(activation), Operation.Of("he_normal"), Operation.Of(normalization));
        var network = new Network(
            description, InitialWeights.Create(description, seed: 1), Operation.Of("sgd", 0.9), Operation.Of("softmax_cross_entropy"), rows);
        for (var step = 0; step < steps; step++)
            network.TrainStep(x, labels, learningRate: 0.1f);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var tensor in network.Tensors())
            digest.AppendData(MemoryMarshal.AsBytes<float>(tensor.Values));
        Console.WriteLine($"{activation} {normalization} {Convert.ToHexStringLower(digest.GetHashAndReset())}");
    }
}
