using Pipeline.Stages.Train.Torch;
using Pipeline.Train.Torch.Tests;

// All tests of this assembly without a test runner, with a table of what they compared.
try
{
    _ = Libtorch.Backend;
}
catch (TorchException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
using var table = new DifferenceTable(Console.Out);
return table.Run() ? 0 : 1;
