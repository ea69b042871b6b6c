using Pipeline.Tests;

namespace Pipeline.Numerics.Tests;

/// <summary>Every kernel gives the same bits under every instruction set: child processes under the runtime's switches.</summary>
public sealed class InstructionSetTests
{
    private const string Program = "Pipeline.Numerics.Digest.dll";

    private static readonly Lazy<string[]> Reference = new(() => DigestProcess.Run(Program));

    [Theory]
    [InlineData("DOTNET_EnableAVX512", "0", "Avx512F")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "256", "Vector512")]
    [InlineData("DOTNET_PreferredVectorBitWidth", "128", "Vector256")]
    [InlineData("DOTNET_EnableAVX2", "0", "Fma")]
    [InlineData("DOTNET_EnableHWIntrinsic", "0", "Vector128")]
    public void Bits_are_the_same_without_an_instruction_set(string variable, string value, string missing)
    {
        var lines = DigestProcess.Run(Program, variable, value);

        Assert.DoesNotContain(missing, lines[0].Split(' '));
        Assert.Equal(Reference.Value[1..], lines[1..]);
    }

    [Fact]
    public void A_function_gives_the_same_bits_one_by_one_as_by_sixteen()
    {
        var digests = Reference
            .Value[1..]
            .Select(line => line.Split(": "))
            .ToDictionary(f => f[0], f => f[1], StringComparer.Ordinal);
        var names = digests.Keys.Where(name => digests.ContainsKey($"{name} one by one")).ToArray();

        Assert.Equal(11, names.Length);
        Assert.All(names, name => Assert.Equal(digests[name], digests[$"{name} one by one"]));
    }
}
