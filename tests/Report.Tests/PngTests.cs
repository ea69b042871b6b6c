using System.Text;

namespace Pipeline.Stages.Report.Tests;

public sealed class PngTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 8, 143)]
    [InlineData(3, 2, 5)]
    [InlineData(3, 32, 527)]
    [InlineData(1, 1, 65534)]
    [InlineData(1, 1, 65535)]
    [InlineData(1, 2, 65534)]
    [InlineData(1, 3, 65535)]
    public void Pixels_read_back(int channels, int height, int width)
    {
        var levels = Levels(channels * height * width);

        var read = PngReader.Read(Png.Write(channels, height, width, levels));

        Assert.Equal((channels, height, width), (read.Channels, read.Height, read.Width));
        Assert.Equal(levels, read.Levels);
    }

    [Fact]
    public void The_smallest_file_byte_for_byte() =>
        Assert.Equal(
            "89504E470D0A1A0A"
                + "0000000D49484452"
                + "0000000100000001"
                + "0800000000"
                + "3A7E9B55"
                + "0000000274524E53"
                + "0000"
                + "7693CD38"
                + "0000000D49444154"
                + "7801"
                + "010200FDFF"
                + "0007"
                + "00090008"
                + "B9AC8687"
                + "0000000049454E44"
                + "AE426082",
            Convert.ToHexString(Png.Write(1, 1, 1, [7]))
        );

    [Theory]
    [InlineData(2, 1, 1, 2)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 1, -1, 1)]
    [InlineData(1, 2, 2, 3)]
    [InlineData(1, 65536, 65536, 0)]
    public void Levels_that_do_not_fit_are_refused(int channels, int height, int width, int count) =>
        Assert.Throws<ArgumentException>(() => Png.Write(channels, height, width, new byte[count]));

    // The check value of CRC-32 in Rocksoft's model, and one that RFC 1950 implies for no bytes at all.
    [Theory]
    [InlineData("123456789", 0xCBF43926, 0x091E01DE)]
    [InlineData("IEND", 0xAE426082, 0x02D70121)]
    [InlineData("", 0, 1)]
    public void Checksums_are_those_of_the_standards(string text, uint crc32, uint adler32)
    {
        Assert.Equal(crc32, Checksum.Crc32(Encoding.ASCII.GetBytes(text)));
        Assert.Equal(adler32, Checksum.Adler32(Encoding.ASCII.GetBytes(text)));
    }

    private static byte[] Levels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)((i * 7) + (i / 256)))];
}
