export const admin = {
  unitPick: "Chọn đơn vị",
};
