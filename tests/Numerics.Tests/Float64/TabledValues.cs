using System.Globalization;

namespace Pipeline.Numerics.Tests;

/// <summary>The rows of tables.csv, which tables.py computes in high precision.</summary>
internal static class TabledValues
{
    private static readonly Dictionary<string, Func<double[], double>> Functions = new(StringComparer.Ordinal)
    {
        ["exp"] = a => Float64.Exp(a[0]),
        ["log"] = a => Float64.Log(a[0]),
        ["log10"] = a => Float64.Log10(a[0]),
        ["pow"] = a => Float64.Pow(a[0], a[1]),
        ["sin"] = a => Float64.Sin(a[0]),
        ["cos"] = a => Float64.Cos(a[0]),
        ["log_gamma"] = a => Float64.LogGamma(a[0]),
        ["incomplete_beta"] = a => Float64.IncompleteBeta(a[0], a[1], a[2]),
        ["t_cdf"] = a => StudentT.Cdf(a[0], a[1]),
        ["t_quantile"] = a => StudentT.Quantile(a[0], a[1]),
    };

    /// <summary>What is computed and what the table says, for each row of a function.</summary>
    public static IReadOnlyList<(string Call, double Actual, double Expected)> Of(string function)
    {
        using var stream = typeof(TabledValues).Assembly.GetManifestResourceStream("Float64/tables.csv")!;
        using var reader = new StreamReader(stream);
        var rows = new List<(string, double, double)>();
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields[0] == function)
            {
                var arguments = fields[1..4].Where(f => f.Length > 0).Select(Number).ToArray();
                rows.Add((line, Functions[function](arguments), Number(fields[4])));
            }
        }
        return rows;
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
