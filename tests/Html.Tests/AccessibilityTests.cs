namespace Pipeline.Html.Tests;

[Collection(nameof(Browser))]
public sealed class AccessibilityTests(Browser browser)
{
    // The contrast of each text with what lies behind it (WCAG 2.2, 1.4.3), colours as the browser computed them.
    private const string LowContrasts = """
        () => {
          const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
            .getContext('2d', { willReadFrequently: true });
          const pixel = colors => {
            context.clearRect(0, 0, 1, 1);
            for (const color of colors) { context.fillStyle = color; context.fillRect(0, 0, 1, 1); }
            return [...context.getImageData(0, 0, 1, 1).data];
          };
          const luminance = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const grounds = element => element ? [...grounds(element.parentElement), getComputedStyle(element).backgroundColor] : ['Canvas'];
          const low = [];
          let texts = 0;
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.textContent.trim() || !element.checkVisibility()) continue;
            if (['SCRIPT', 'NOSCRIPT', 'STYLE'].includes(element.tagName)) continue;
            texts++;
            const style = getComputedStyle(element);
            const behind = grounds(element);
            const color = element instanceof SVGElement ? style.fill : style.color;
            const [x, y] = [pixel([...behind, color]), pixel(behind)].map(luminance);
            const contrast = (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
            if (contrast < 4.5) low.push(`${contrast.toFixed(2)} ${element.tagName} ${walker.currentNode.textContent.trim().slice(0, 40)}`);
          }
          return texts < 5 ? [`only ${texts} texts`] : low;
        }
        """;

    private const string Nameless = """
        () => [...document.querySelectorAll('button, input, select, a, [tabindex="0"]')]
          .filter(control => !control.textContent.trim())
          .filter(control => {
            const labels = [...control.labels ?? []].map(label => label.textContent).join('');
            return !(control.getAttribute('aria-label') ?? labels).trim();
          })
          .map(control => control.outerHTML)
        """;

    public static TheoryData<string> Views => ["", "/small", "/small/0", "/diverged/0", "/probed", "/probed/1"];

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_text_stands_out_from_its_ground_in_light_and_dark(string address)
    {
        foreach (var isDark in (bool[])[false, true])
        {
            await using var open = await browser.Open(
                address,
                [MadeUp.Small, MadeUp.Diverged, MadeUp.Probed],
                isDark: isDark
            );
            if (address == "/small")
                await open.Page.Locator("table.grid td a").First.FocusAsync();
            Assert.Empty(await open.Page.EvaluateAsync<string[]>(LowContrasts));
        }
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Every_control_has_a_name(string address)
    {
        await using var open = await browser.Open(address, [MadeUp.Small, MadeUp.Diverged, MadeUp.Probed]);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Nameless));
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task On_a_phone_nothing_scrolls_sideways_but_tables(string address)
    {
        await using var open = await browser.Open(address, [MadeUp.Small, MadeUp.Diverged, MadeUp.Probed], width: 375);
        Assert.InRange(await open.Page.EvaluateAsync<int>("document.scrollingElement.scrollWidth"), 1, 375);
    }

    [Fact]
    public async Task The_first_key_leads_past_the_list_of_studies()
    {
        await using var open = await browser.Open("/small", [MadeUp.Small]);

        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal(
            "Skip to the content",
            await open.Page.EvaluateAsync<string>("document.activeElement.textContent")
        );
        await open.Page.Keyboard.PressAsync("Enter");

        Assert.Equal("main", await open.Page.EvaluateAsync<string>("document.activeElement.id"));
        Assert.Equal("A small study", await open.Page.Locator("h1").InnerTextAsync());
    }
}
