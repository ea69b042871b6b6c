using System.Globalization;

namespace Pipeline.Stages.Report;

/// <summary>An attribute's value: a text, or a number rounded to two decimals in its shortest form (<c>12.5</c>, <c>0</c>).</summary>
internal readonly struct SvgValue
{
    private readonly string? text;

    private SvgValue(string text) => this.text = text;

    public static implicit operator SvgValue(string text) => new(text);

    /// <exception cref="ArgumentOutOfRangeException">The number is infinite or not a number.</exception>
    public static implicit operator SvgValue(double number)
    {
        if (!double.IsFinite(number))
            throw new ArgumentOutOfRangeException(nameof(number), number, "A picture has no such coordinate.");
        var text = number.ToString("0.##", CultureInfo.InvariantCulture);
        return new(text == "-0" ? "0" : text);
    }

    public override string ToString() => text ?? "";
}
