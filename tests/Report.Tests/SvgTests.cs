using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;

namespace Pipeline.Stages.Report.Tests;

public sealed class SvgTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(12, "12")]
    [InlineData(-0.004, "0")]
    [InlineData(0.125, "0.13")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(1e6 / 3, "333333.33")]
    [InlineData(1e9, "1000000000")]
    public void Numbers_are_short_and_have_two_decimals_at_most(double number, string expected)
    {
        SvgValue value = number;

        Assert.Equal(expected, value.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_coordinate_that_is_not_finite_is_refused(double number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new SvgElement("rect", ("x", number)));

    [Fact]
    public void Numbers_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign) = (",", "~");
        CultureInfo.CurrentCulture = other;
        try
        {
            Assert.Equal("<rect x=\"-1.5\"/>\n", new SvgElement("rect", ("x", -1.5)).ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Elements_are_nested_a_line_each() =>
        Assert.Equal(
            """
            <g opacity="0.5">
              <rect width="10"/>
              <g>
                <text x="1">a &lt; b</text>
              </g>
            </g>

            """,
            new SvgElement("g", ("opacity", 0.5))
            {
                new("rect", ("width", 10)),
                new("g") { SvgElement.Text("text", "a < b", ("x", 1)) },
            }.ToString()
        );

    [Fact]
    public void An_element_that_holds_a_text_can_hold_no_elements() =>
        Assert.Throws<InvalidOperationException>(() => SvgElement.Text("text", "a").Add(new("tspan")));

    [Fact]
    public void Any_text_reads_back_from_the_picture()
    {
        var texts = ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get);
        Check.One(
            Config.QuickThrowOnFailure,
            Prop.ForAll(
                Arb.From(texts),
                text =>
                {
                    var root = Parse(
                        SvgPicture.Write(10, 20, text, text, [new("rect", ("id", text)), SvgElement.Text("text", text)])
                    ).Root!;

                    var expected = string.Concat(
                        text.EnumerateRunes()
                            .Select(rune =>
                                rune.Value is >= ' ' and not (0xFFFE or 0xFFFF) or '\t' or '\n' or '\r'
                                    ? rune.ToString()
                                    : "\uFFFD"
                            )
                    );
                    Assert.All(["title", "desc", "text"], name => Assert.Equal(expected, Child(root, name).Value));
                    Assert.Equal(expected, Child(root, "rect").Attribute("id")!.Value);
                }
            )
        );
    }

    [Theory]
    [InlineData("a\0b\u001f\uFFFE\uFFFF")]
    [InlineData("\ud800x\udfff")]
    [InlineData("</title><script>&\"'\t\r\n")]
    public void What_XML_has_no_character_for_leaves_the_picture_well_formed(string text) =>
        Assert.NotNull(Parse(SvgPicture.Write(10, 20, text, text, [new("rect", ("id", text))])));

    [Fact]
    public void A_picture_scales_and_says_what_it_is()
    {
        var root = Parse(SvgPicture.Write(10, 20.5, "Loss", "It falls.", [])).Root!;

        Assert.Equal("0 0 10 20.5", root.Attribute("viewBox")!.Value);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("Loss", Child(root, "title").Value);
        Assert.Equal("It falls.", Child(root, "desc").Value);
        Assert.Contains("prefers-color-scheme:dark", Child(root, "style").Value, StringComparison.Ordinal);
    }

    internal static XDocument Parse(byte[] svg)
    {
        using var reader = XmlReader.Create(new MemoryStream(svg), new() { DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    private static XElement Child(XElement root, string name) => root.Elements(root.Name.Namespace + name).Single();
}
