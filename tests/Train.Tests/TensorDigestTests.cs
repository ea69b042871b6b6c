using Pipeline.Networks;
using Pipeline.Stages.Train;

namespace Pipeline.Train.Tests;

public sealed class TensorDigestTests
{
    private static readonly NamedTensor Weight = new("layers.0.linear.weight", [3, 1], [1, -0f, 0.1f]);
    private static readonly NamedTensor Bias = new("output.bias", [1], [float.NaN]);

    // SHA-256 of b'layers.0.linear.weight\0' + struct.pack('<3f', 1, -0.0, 0.1)
    // + b'output.bias\0' + struct.pack('<I', 0x7FC00000), by Python.
    [Fact]
    public void The_digest_is_over_names_and_little_endian_values() =>
        Assert.Equal(
            "c58b1eb8cd161555b01dd549e6c8e3c6ac31ca60d957c2bc010611727ab92398",
            TensorDigest.Of([Weight, Bias])
        );

    [Theory]
    [InlineData(0x7FC00000u)]
    [InlineData(0xFFC00000u)]
    [InlineData(0x7F800001u)]
    [InlineData(0xFFFFFFFFu)]
    public void Any_NaN_counts_as_one(uint bits) =>
        Assert.Equal(
            TensorDigest.Of([Weight, Bias]),
            TensorDigest.Of([Weight, Bias with { Values = [BitConverter.UInt32BitsToSingle(bits)] }])
        );

    [Fact]
    public void Any_other_bit_counts()
    {
        var digest = TensorDigest.Of([Weight, Bias]);

        Assert.NotEqual(digest, TensorDigest.Of([Weight with { Values = [1, 0f, 0.1f] }, Bias]));
        Assert.NotEqual(digest, TensorDigest.Of([Weight with { Name = "layers.1.linear.weight" }, Bias]));
        Assert.NotEqual(digest, TensorDigest.Of([Bias, Weight]));
        Assert.NotEqual(digest, TensorDigest.Of([Weight]));
        Assert.NotEqual(digest, TensorDigest.Of([Weight, Bias with { Values = [float.PositiveInfinity] }]));
    }
}
