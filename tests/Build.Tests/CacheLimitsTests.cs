using Cake.Core;

namespace Pipeline.Build.Tests;

public sealed class CacheLimitsTests
{
    [Theory]
    [InlineData("30d", 30 * 24 * 60)]
    [InlineData("12h", 12 * 60)]
    [InlineData("90m", 90)]
    [InlineData("0m", 0)]
    [InlineData("2592000s", 30 * 24 * 60)]
    [InlineData("9999999999999999d", 1_000_000 * 24 * 60)]
    public void A_duration_has_days_hours_or_minutes(string text, int minutes) =>
        Assert.Equal(TimeSpan.FromMinutes(minutes), CacheLimits.Duration("keep", text));

    [Theory]
    [InlineData("5GB", 5L << 30)]
    [InlineData("500mb", 500L << 20)]
    [InlineData("64KB", 64L << 10)]
    [InlineData("2097152KB", 2L << 30)]
    [InlineData("99999999999999GB", long.MaxValue)]
    public void A_size_has_a_unit(string text, long bytes) => Assert.Equal(bytes, CacheLimits.Size(text));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("-1d")]
    [InlineData("d")]
    [InlineData("1.5h")]
    public void Another_duration_is_refused_with_an_example(string text) =>
        Assert.Contains(
            "30d",
            Assert.Throws<CakeException>(() => CacheLimits.Duration("keep", text)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("5")]
    [InlineData("GB")]
    [InlineData("5 TB")]
    public void Another_size_is_refused_with_an_example(string text) =>
        Assert.Contains(
            "5GB",
            Assert.Throws<CakeException>(() => CacheLimits.Size(text)).Message,
            StringComparison.Ordinal
        );
}
