using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using Pipeline.Tests;

// Trains every sample network for a few steps and prints the digest of its tensors: a child process
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

foreach (var sample in SampleNetworks.All.Concat(SampleNetworks.Narrow))
{
    const int steps = 3;
    var (inputs, classes) = (sample.Description.Input.Values, sample.Description.Classes);
    var x = Enumerable.Range(0, SampleNetwork.Rows * inputs).Select(i => ((i * 37 % 101) - 50) / 32f).ToArray();
    var labels = Enumerable.Range(0, SampleNetwork.Rows).Select(i => i * 7 % classes).ToArray();
    var network = sample.Build();
    for (var step = 0; step < steps; step++)
        network.TrainStep(x, labels, learningRate: 0.1f);
    using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    foreach (var tensor in network.Tensors())
        digest.AppendData(MemoryMarshal.AsBytes<float>(tensor.Values));
    Console.WriteLine($"{sample.Name}: {Convert.ToHexStringLower(digest.GetHashAndReset())}");
}
