using Pipeline.Tests;

namespace Pipeline.Networks.Tests;

/// <summary>Training gives the same bits under every instruction set: child processes under the runtime's switches.</summary>
public sealed class InstructionSetTests
{
    private const string Program = "Pipeline.Networks.Digest.dll";

    private static readonly Lazy<string[]> Reference = new(() => DigestProcess.Run(Program));

    [Fact]
    public void Every_sample_network_is_trained() =>
        Assert.Equal(1 + SampleNetworks.All.Count + SampleNetworks.Narrow.Count, Reference.Value.Length);

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", "Avx512F")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", "Vector512")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "128", "Vector256")]
    [InlineData("DOTNET_EnableAVX2", "0", "Avx2")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", "Vector128")]
    public void Weights_are_the_same_without_an_instruction_set(string variable, string value, string missing)
    {
        var lines = DigestProcess.Run(Program, variable, value);
        Assert.DoesNotContain(missing, lines[0].Split(' '));
        Assert.Equal(Reference.Value[1..], lines[1..]);
    }
}
