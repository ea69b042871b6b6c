namespace Pipeline.Export.Tests;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Two_tensors_by_the_byte()
    {
        var json =
            """{"__metadata__":{"run":"01234"},"a.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"a.bias":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"""u8;
        byte[] expected =
        [
            160,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            .. json,
            .. "       "u8,
            0x00,
            0x00,
            0x80,
            0x3F,
            0x00,
            0x00,
            0x00,
            0xC0,
            0x00,
            0x00,
            0xC0,
            0x7F,
        ];

        Assert.Equal(
            expected,
            SafetensorsFile.Encode(
                [new("a.weight", [1, 2], [1, -2]), new("a.bias", [1], [-float.NaN])],
                [new("run", "01234")]
            )
        );
    }

    [Fact]
    public void Values_begin_at_a_multiple_of_8_bytes_whatever_the_names()
    {
        for (var length = 1; length <= 20; length++)
        {
            var bytes = SafetensorsFile.Encode([new(new('x', length), [1], [1])], []);
            Assert.Equal(4, bytes.Length % 8);
            Assert.Equal(bytes.Length - 12, BitConverter.ToInt64(bytes));
        }
    }
}
